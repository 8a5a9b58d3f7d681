import { expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { isSluiceError, serializeError, type SluiceError } from '../errors/sluice-error.ts';
import { loadConfig, type ResolvedConfig } from './load-config.ts';

const source = z.strictObject({
  kind: z.enum(['synthetic', 'csv']).default('synthetic'),
  dir: z.string().nullable().default(null),
  scale: z.number().gt(0).lte(1).default(0.02),
});
const pipeline = {
  name: 'credit-scoring',
  stages: [
    {
      name: 'ingest',
      params: z.strictObject({ aliases: z.record(z.string(), z.enum(['bureau'])).default({}) }),
      sections: { source },
      inputs: { raw: { type: 'folder', key: 'source.dir' } },
    },
    {
      name: 'train',
      params: z.strictObject({
        eta: z.number().gt(0).lte(1).default(0.05),
        rounds: z.int().min(1).default(600),
        useProhibited: z.boolean().default(false),
        mode: z.enum(['0.4', '0.7']).default('0.7'),
      }),
      sections: {},
      inputs: {},
    },
  ],
};

function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-config-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

function load(text: string, overrides: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<ResolvedConfig> {
  const dir = project({ 'base.yaml': text, ...more });
  return loadConfig({ file: join(dir, 'base.yaml'), projectDir: dir, cwd: '/elsewhere', overrides, pipeline });
}

async function complaint(
  text: string,
  overrides: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<SluiceError> {
  const error: unknown = await load(text, overrides, more).catch((thrown: unknown) => thrown);
  if (isSluiceError(error)) return error;
  throw new Error(`expected a complaint, got ${JSON.stringify(error)}`);
}

test('an empty file gives every default', async () => {
  const { values, origins } = await load('');
  expect(values).toEqual({
    source: { kind: 'synthetic', dir: null, scale: 0.02 },
    params: { ingest: { aliases: {} }, train: { eta: 0.05, rounds: 600, useProhibited: false, mode: '0.7' } },
    tracking: { uri: null, experiment: 'credit-scoring' },
  });
  expect(origins['params.train.eta']).toBe('default');
});

test('a mistyped key is named with file, line, column and its nearest name', async () => {
  const error = await complaint('version: 1\nparams:\n  train:\n    etaa: 0.1\n');
  expect(error.code).toBe('CONFIG_UNKNOWN_KEY');
  expect(error.message).toBe('"params.train.etaa" is not a config key. Did you mean "eta"?');
  expect(error.hint).toBe('Keys of params.train: eta, rounds, useProhibited, mode.');
  expect(error.at).toMatchObject({ line: 4, column: 5, text: '    etaa: 0.1', length: 4 });
  expect(error.at?.file).toMatch(/base\.yaml$/);
});

test('a mistyped section and a mistyped stage are named too', async () => {
  expect((await complaint('sorce:\n  kind: csv\n')).message).toBe('"sorce" is not a config key. Did you mean "source"?');
  expect((await complaint('params:\n  trian:\n    eta: 1\n')).message).toBe(
    'there is no stage "trian" to give params to. Did you mean "train"?',
  );
});

test('a value out of range is named with what is allowed', async () => {
  const error = await complaint('params: {train: {eta: 1.5}}\n');
  expect(error.code).toBe('CONFIG_VALUE');
  expect(error.message).toBe('params.train.eta is 1.5; allowed: a number above 0, up to 1.');
  expect(error.at).toMatchObject({ line: 1, column: 23, length: 3 });
});

test('a value of another type, a word off a list, a fraction for a whole number', async () => {
  expect((await complaint('params: {train: {useProhibited: yes}}')).message).toBe(
    'params.train.useProhibited is "yes"; allowed: true or false.',
  );
  expect((await complaint('source: {kind: cvs}')).message).toBe(
    'source.kind is "cvs"; allowed: one of "synthetic", "csv". Did you mean "csv"?',
  );
  expect((await complaint('params: {train: {rounds: 1.5}}')).message).toBe('params.train.rounds is 1.5; allowed: a whole number from 1.');
  expect((await complaint('source: {dir: [a]}')).message).toBe('source.dir is ["a"]; allowed: text or null.');
  expect((await complaint('params: {ingest: {aliases: {x: buraeu}}}')).message).toBe(
    'params.ingest.aliases.x is "buraeu"; allowed: one of "bureau". Did you mean "bureau"?',
  );
  expect((await complaint('version: 2')).message).toBe('version is 2; allowed: 1.');
  expect((await complaint('params: 5')).message).toBe('params is 5; allowed: a map of keys.');
});

test('a number where a text that looks like it is wanted is told to put quotes', async () => {
  const error = await complaint('params: {train: {mode: 0.7}}');
  expect(error.hint).toBe('Put it in quotes: "0.7".');
});

test('every complaint is there, in the order of the file', async () => {
  const error = await complaint('params:\n  train:\n    eta: 7\n    roundz: 3\nsource:\n  scale: 2\n');
  expect(error.message).toMatch(/^params.train.eta is 7/);
  expect(error.data?.['others']).toMatchObject([
    { code: 'CONFIG_UNKNOWN_KEY', at: { line: 4 } },
    { code: 'CONFIG_VALUE', at: { line: 6 } },
  ]);
});

test('broken YAML is named with its line', async () => {
  const error = await complaint('params:\n  train: {eta: 0.1\n');
  expect(error.code).toBe('CONFIG_SYNTAX');
  expect(error.at?.line).toBeGreaterThanOrEqual(2);
  expect((await complaint('a: 1\na: 2\n')).hint).toBe('Keep one of the two.');
  expect((await complaint('- a\n')).message).toBe('a config is a map of keys, but base.yaml holds a list');
});

test('a file that is not there is named with its neighbour', async () => {
  const dir = project({ 'home-credit.yaml': '' });
  const error: unknown = await loadConfig({
    file: join(dir, 'home-credti.yaml'),
    projectDir: dir,
    cwd: dir,
    overrides: [],
    pipeline,
  }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'CONFIG_NOT_FOUND',
    message: expect.stringMatching(/home-credti\.yaml does not exist\. Did you mean ".*home-credit\.yaml"\?$/),
  });
});

test('-S wins over the file and its value is YAML', async () => {
  const { values, origins } = await load('params: {train: {eta: 0.3, rounds: 9}}', [
    'params.train.eta=0.1',
    'params.train.mode=0.4',
    'tracking.uri=http://127.0.0.1:5000',
    'params.ingest.aliases={b: bureau}',
  ]);
  expect(values).toMatchObject({
    params: { train: { eta: 0.1, rounds: 9, mode: '0.4' }, ingest: { aliases: { b: 'bureau' } } },
    tracking: { uri: 'http://127.0.0.1:5000' },
  });
  expect(origins).toMatchObject({
    'params.train.eta': 'flag',
    'params.train.rounds': { line: 1, column: 36 },
    'params.ingest.aliases.b': 'flag',
  });
});

test('a mistyped key of -S is named in the same way, with the flag as its place', async () => {
  const error = await complaint('', ['params.train.etaa=0.1']);
  expect(error.message).toBe('"params.train.etaa" is not a config key. Did you mean "eta"?');
  expect(error.at).toEqual({ file: 'command line', text: '-S params.train.etaa=0.1', column: 4, length: 17 });
  expect((await complaint('', ['params.train.eta=2'])).at).toEqual({
    file: 'command line',
    text: '-S params.train.eta=2',
    column: 21,
    length: 1,
  });
});

test('-S below a key that is no map is placed at the flag', async () => {
  const error = await complaint('source: {kind: csv}', ['source.kind.x=1']);
  expect(error.message).toBe('source.kind is {"x":1}; allowed: one of "synthetic", "csv".');
  expect(error.at?.file).toBe('command line');
});

test('-S without = is a usage error', async () => {
  expect(await complaint('', ['params.train.eta'])).toMatchObject({
    code: 'USAGE',
    message: '-S params.train.eta is not of the form key=value',
  });
  expect(await complaint('', ['=3'])).toMatchObject({ code: 'USAGE' });
});

test('a folder is relative to the project in a file and to the current folder in -S', async () => {
  const dir = project({ 'base.yaml': 'source: {kind: csv, dir: data}' });
  const options = { file: join(dir, 'base.yaml'), projectDir: dir, cwd: '/elsewhere', pipeline };
  expect((await loadConfig({ ...options, overrides: [] })).values['source']).toMatchObject({ dir: join(dir, 'data') });
  expect((await loadConfig({ ...options, overrides: ['source.dir=../x'] })).values['source']).toMatchObject({ dir: '/x' });
});

test('extends merges maps key by key and keeps each place', async () => {
  const { values, origins } = await load('extends: parent.yaml\nparams: {train: {eta: 0.2}, ingest: }', [], {
    'parent.yaml': 'params:\n  train:\n    rounds: 5\n    eta: 0.9\n',
  });
  expect(values['params']).toMatchObject({ train: { eta: 0.2, rounds: 5 } });
  expect(origins['params.train.rounds']).toMatchObject({ file: expect.stringMatching(/parent\.yaml$/), line: 3, column: 13 });
});

test('a mistake in the parent is placed in the parent; a circle and a missing parent are named', async () => {
  const error = await complaint('extends: parent.yaml', [], { 'parent.yaml': '\nparams: {train: {eat: 0.2}}' });
  expect(error.at).toMatchObject({ file: expect.stringMatching(/parent\.yaml$/), line: 2 });
  expect((await complaint('extends: base.yaml')).message).toBe('config files extend each other in a circle: base.yaml → base.yaml');
  expect(await complaint('extends: none.yaml')).toMatchObject({ code: 'CONFIG_NOT_FOUND', at: { line: 1, column: 10 } });
});

test('an anchor is read through its alias', async () => {
  const { values } = await load('source: &s {scale: 0.5}\n');
  expect(values['source']).toMatchObject({ scale: 0.5 });
});

test('two stages may share a section but not disagree about it', async () => {
  const other = {
    name: 'other',
    stages: [...pipeline.stages, { name: 'x', params: z.strictObject({}), sections: { source: z.strictObject({}) }, inputs: {} }],
  };
  const dir = project({ 'base.yaml': '' });
  await expect(
    loadConfig({ file: join(dir, 'base.yaml'), projectDir: dir, cwd: dir, overrides: [], pipeline: other }),
  ).rejects.toMatchObject({ code: 'GRAPH_LOAD' });
});

test('a login in the address of the server is refused, and shown nowhere: a config is recorded with every run', async () => {
  const inFile = await complaint('version: 1\ntracking:\n  uri: http://ann:s3cret@127.0.0.1:5000\n');
  const inFlag = await load('', ['tracking.uri=http://ann:s3cret@[127.0.0.1:x']).catch((thrown: unknown) => thrown);
  for (const error of [inFile, inFlag]) {
    expect(error).toMatchObject({ code: 'CONFIG_VALUE', hint: expect.stringContaining('MLFLOW_TRACKING_USERNAME') });
    expect(JSON.stringify(isSluiceError(error) ? serializeError(error) : error)).not.toContain('s3cret');
  }
  expect(inFile.message).toMatch(/line 3 of .*base\.yaml/);
});
