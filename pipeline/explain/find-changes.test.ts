import { expect, test } from '@jest/globals';
import { asDigest } from '../fingerprint/digest.ts';
import type { FingerprintParts } from '../fingerprint/fingerprint.ts';
import { changeSentence } from './change-sentences.ts';
import { findChanges } from './find-changes.ts';
import type { WorkFacts } from './work-facts.ts';

const digest = (digit: string) => asDigest(digit.repeat(64));
const parts: FingerprintParts = {
  code: { bundle: digest('a'), outputs: digest('b') },
  deps: { zod: digest('c') },
  native: { duckdb: `sha256:${'d'.repeat(64)}` },
  params: { 'params.train.*': { eta: 0.1, rounds: 10, inner: { a: [1] } }, 'params.train.eta': 0.1, 'source.scale': ['absent'] },
  env: { TOKEN: null, RATE: digest('e') },
  inputs: { table: digest('f').toString(), verdict: null, raw: 'x' },
  runtime: { node: '20', platform: null },
};
const before: WorkFacts = {
  parts,
  sources: { 'a.ts': '1', 'b.ts': '2' },
  about: {
    packages: { 'node_modules/zod': '4.0.0', 'node_modules/x': '1.0.0' },
    native: { duckdb: '1.5.5' },
    folders: { raw: { 'a.csv': '1', 'b.csv': '2' } },
  },
};
const said = (after: WorkFacts): readonly string[] => findChanges(before, after).map(changeSentence);

test('nothing differs from itself', () => {
  expect(findChanges(before, before)).toEqual([]);
});

test('names leaves of a map once, and keys that were not there', () => {
  const params = { 'params.train.*': { eta: 0.2, rounds: 10, inner: { a: [1, 2] } }, 'params.train.eta': 0.2, 'source.scale': 0.5 };
  expect(said({ ...before, parts: { ...parts, params } })).toEqual([
    'params.train.eta: 0.1 → 0.2',
    'params.train.inner.a: [1] → [1,2]',
    'source.scale: unset → 0.5',
  ]);
});

test('names packages, libraries, variables, inputs, files and the runtime', () => {
  const after: WorkFacts = {
    parts: {
      code: { bundle: digest('0'), outputs: digest('0') },
      deps: { zod: digest('0') },
      native: { duckdb: `sha256:${'0'.repeat(64)}` },
      params: parts.params,
      env: { TOKEN: digest('1'), RATE: digest('2') },
      inputs: { table: digest('0').toString(), verdict: digest('1').toString(), raw: 'y' },
      runtime: { node: '22', platform: null },
    },
    sources: { 'a.ts': '3', 'c.ts': '2' },
    about: {
      packages: { 'node_modules/zod': '4.0.0', 'node_modules/x': '2.0.0' },
      native: { duckdb: '1.5.6' },
      folders: { raw: { 'a.csv': '9', 'c.csv': '2' } },
    },
  };
  expect(said(after)).toEqual([
    'its code (a.ts, b.ts removed and 1 more)',
    'what it declares to write',
    'input raw',
    'input table',
    'input verdict',
    'package zod (x 1.0.0 → 2.0.0)',
    'native library duckdb',
    'environment variable RATE changed',
    'environment variable TOKEN set',
    'runtime: Node 20 → Node 22',
  ]);
  const changes = findChanges(before, after);
  expect(changes.find((change) => change.kind === 'input' && change.input === 'raw')).toMatchObject({
    files: [
      { file: 'a.csv', change: 'edited' },
      { file: 'b.csv', change: 'removed' },
      { file: 'c.csv', change: 'added' },
    ],
  });
  expect(changes.find((change) => change.kind === 'native')).toMatchObject({
    before: `1.5.5 (sha256:${'d'.repeat(12)}…)`,
    after: `1.5.6 (sha256:${'0'.repeat(12)}…)`,
  });
});
