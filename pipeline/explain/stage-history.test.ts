import { expect, test } from '@jest/globals';
import { asDigest } from '../fingerprint/digest.ts';
import type { Manifest } from '../store/manifest.ts';
import { cameOutSame, usualDuration } from './stage-history.ts';

/** The n-th execution, so long, with an output of this content. */
const work = (index: number, durationMs: number, content: string): Manifest => ({
  schema: 1,
  stage: 's',
  fingerprint: asDigest(String(index).repeat(64)),
  parts: {
    code: { bundle: asDigest('a'.repeat(64)), outputs: asDigest('a'.repeat(64)) },
    deps: {},
    native: {},
    params: {},
    env: {},
    inputs: {},
    runtime: { node: '20', platform: null },
  },
  sources: {},
  outputs: {
    out: {
      kind: 'file',
      mediaType: 'text/plain',
      extension: '.txt',
      digest: asDigest(content.repeat(64)),
      bytes: 1,
      schemaDigest: asDigest('a'.repeat(64)),
    },
  },
  gate: null,
  run: 'r',
  finishedAt: `2026-01-0${index}T00:00:00.000Z`,
  durationMs,
});

test('the usual time is the median of the last five, whatever order they are found in', () => {
  const history = [work(3, 30, 'a'), work(1, 9999, 'a'), work(6, 60, 'a'), work(2, 1, 'a'), work(5, 500, 'a'), work(4, 40, 'a')];
  expect(usualDuration(history)).toBe(40); // of 1, 30, 40, 60, 500
  expect(usualDuration([work(1, 10, 'a'), work(2, 21, 'a')])).toBe(16);
  expect(usualDuration([])).toBeNull();
});

test('counts the executions that came out as the one before', () => {
  const history = [work(1, 1, 'a'), work(2, 1, 'a'), work(3, 1, 'b'), work(4, 1, 'b')];
  expect(cameOutSame(history, ['out'])).toEqual({ same: 2, of: 3 });
  expect(cameOutSame(history.slice(0, 1), ['out'])).toEqual({ same: 0, of: 0 });
});
