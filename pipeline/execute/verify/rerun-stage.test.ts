import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, runCli } from '../../testing/real-cli.ts';
import { tableArtifact } from '../../testing/run-body.ts';
import { TempProject } from '../../testing/temp-project.ts';
import { firstDifference } from './first-byte.ts';
import { firstCell } from './first-cell.ts';

/** `restless` gives other bytes each time in all ports but one; what it gives is counted in a file that no fingerprint sees. */
const stages = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/x.yaml"}}',
  'configs/x.yaml': 'version: 1\n',
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, columns, definePipeline, defineStage } from 'SLUICE';
const source = defineStage({ name: 'source', description: '', params: z.strictObject({ rows: z.int().default(4) }), outputs: { table: artifact.table({ id: 'INTEGER', extra: 'INTEGER' }) }, native: ['duckdb'], run: () => import('./source.ts') });
const restless = defineStage({ name: 'restless', description: '', inputs: { ids: columns(source.out.table, ['id']) }, outputs: {
  table: artifact.table({ id: 'INTEGER', value: 'INTEGER' }), json: artifact.json(z.unknown()), folder: artifact.directory(), file: artifact.file({ mediaType: 'application/octet-stream', extension: '.bin' }), steady: artifact.json(z.unknown()) }, native: ['duckdb'], run: () => import('./restless.ts') });
const send = defineStage({ name: 'send', kind: 'effect', description: '', inputs: { json: restless.out.steady }, outputs: { sent: artifact.json(z.unknown()) }, run: () => import('./send.ts') });
export const pipeline = definePipeline({ name: 'x', stages: [source, restless, send] });
`,
  'stages/source.ts': `
import { DuckDb } from 'SLUICE';
export default async ({ params, outputs, tempDir }) => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir });
  await db.copyToParquet('select i::integer as id, (i * 2)::integer as extra from range(' + params.rows + ') t(i) order by i', outputs.table.path);
};
`,
  'stages/restless.ts': `
import { writeFile } from 'node:fs/promises';
import { DuckDb } from 'SLUICE';
export default async ({ inputs, outputs, tempDir, run }) => {
  const mark = run.id.charCodeAt(25) * 1000 + run.id.charCodeAt(24);
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir });
  await db.view('ids', inputs.ids.path);
  await db.copyToParquet('select id, (case when id = 2 then ' + mark + ' else id end)::integer as value from ids order by id', outputs.table.path);
  await outputs.json.write({ same: 1, id: run.id });
  await writeFile(outputs.folder.path + '/same.txt', 'same');
  await writeFile(outputs.folder.path + '/when.txt', 'same\\nrun ' + run.id);
  await writeFile(outputs.file.path, Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(run.id.slice(20))]));
  await outputs.steady.write(inputs.ids.rows);
};
`,
  'stages/send.ts': 'export default async ({ outputs }) => { await outputs.sent.write(1); };\n',
};

beforeAll(buildCli);

describe('verify --rerun', () => {
  test('names each port that is not deterministic with the first difference, commits nothing, and ends with 6', async () => {
    await using project = await TempProject.create(stages);
    expect(
      (await project.run({ params: { source: { rows: 4 } } }, { selection: { targets: ['restless'], from: null, to: null, only: false } }))
        .exitCode,
    ).toBe(0);
    const before = await everything(project);
    const { code, stdout } = await runCli(project.dir, ['verify', '--rerun', 'restless']);
    expect(stdout).toMatch(/✖ table +row 3, column value: \d+ → \d+\n/);
    expect(stdout).toMatch(/✖ json +line 3: ".*" → ".*"\n/);
    expect(stdout).toMatch(/✖ folder +when\.txt, line 2: "run 0.*" → "run 0.*"\n/);
    expect(stdout).toMatch(/✖ file +byte \d: 0x[0-9a-f]{2} → 0x[0-9a-f]{2}\n/);
    expect(stdout).toMatch(/✔ steady +the same bytes\n/);
    expect(stdout).toContain('restless is not deterministic in table, json, folder, file');
    expect(code).toBe(6);
    expect(await everything(project)).toEqual(before);
    const steady = await runCli(project.dir, ['verify', '--rerun', 'source', '--json']);
    expect(steady.code).toBe(0);
    expect(JSON.parse(steady.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'verify.rerun',
      stage: 'source',
      ports: [{ port: 'table', same: true, difference: null }],
    });
  });

  test('uses the inputs on record, also where newer ones are there; refuses other code, an effect, and what never ran', async () => {
    await using project = await TempProject.create(stages);
    const only = (...targets: string[]) => ({ targets, from: null, to: null, only: false });
    await project.runWell({ params: { source: { rows: 4 } } }, { selection: only('restless') });
    await project.runWell({ params: { source: { rows: 6 } } }, { selection: only('source') });
    expect((await runCli(project.dir, ['verify', '--rerun', 'restless'])).stdout).toMatch(/✔ steady +the same bytes\n/);
    await project.write({ 'stages/restless.ts': stages['stages/restless.ts'].replace('inputs.ids.rows', 'inputs.ids.rows + 1') });
    const changed = await runCli(project.dir, ['verify', '--rerun', 'restless']);
    expect(changed).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/"restless" is not what made its last good outputs: [^]*sluice run restless/),
    });
    expect(await runCli(project.dir, ['verify', '--rerun', 'send'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"send" is an effect'),
    });
    expect(await runCli(project.dir, ['verify', '--rerun', 'sorce'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "source"?'),
    });
  });
});

describe('firstCell', () => {
  const tempDir = tmpdir();
  const base = 'select i::integer as id, i * 2 as b, case when i > 3 then null else i end as c from range(9) t(i) order by i';
  test.each([
    ['the same values, written otherwise', `${base} limit 9`, null],
    [
      'a cell, the first row and in it the first column',
      base.replace('i * 2 as b', 'i * 2 + (i = 5)::integer + (i = 8)::integer as b').replace('i > 3', 'i > 6'),
      'row 5, column c: null → 4',
    ],
    ['a null that appears', base.replace('i > 3', 'i > 2'), 'row 4, column c: 3 → null'],
    ['a row less', base.replace('range(9)', 'range(8)'), '9 → 8 rows; the first 8 are the same'],
    ['another type', base.replace('i::integer', 'i'), 'column id: INTEGER → BIGINT'],
    ['a column more', base.replace(' as b,', ' as b, 1 as d,'), 'column d is new'],
    ['a column less', base.replace(' i * 2 as b,', ''), 'column b: BIGINT → gone'],
    ['columns in another order', `select b, id, c from (${base}) order by id`, 'column 1: id → b'],
  ])('finds %s', async (_what, query, difference) => {
    expect(await firstCell(await tableArtifact(base), await tableArtifact(query), tempDir)).toBe(difference);
  });
});

describe('firstDifference', () => {
  const long = `${'x'.repeat(70)}\n`.repeat(40_000);
  test.each([
    ['a\nb\n', 'a\nb\n', null],
    ['a\nb\n', 'a\nc\n', 'line 2: "b" → "c"'],
    ['a\nb\n', 'a\nb\nc\n', 'line 3: the end → "c"'],
    ['', 'a', 'line 1: the end → "a"'],
    ['\0a', '\0b', 'byte 1: 0x61 → 0x62'],
    ['ab\0', 'ab', 'byte 2: 0x00 → the end'],
    [long, `${long}y`, 'line 40001: the end → "y"'],
    [`${long}${'é'.repeat(100)}1`, `${long}${'é'.repeat(100)}2`, 'line 40001: "…ééééééééééééééééééé1" → "…ééééééééééééééééééé2"'],
  ])('of two files (%#)', async (one, other, expected) => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-difference-'));
    await Promise.all([writeFile(join(dir, 'a'), one), writeFile(join(dir, 'b'), other)]);
    expect((await firstDifference(join(dir, 'a'), join(dir, 'b')))?.replace(/é+/g, 'é'.repeat(19)) ?? null).toBe(expected);
  });
});

/** Every file of the store with its content; what a rerun must not change. Events and stat caches lie elsewhere. */
async function everything(project: TempProject): Promise<Record<string, string>> {
  const { artifactsDir } = project.project;
  const found: Record<string, string> = {};
  for (const entry of await readdir(artifactsDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(artifactsDir.length)] = entry.isFile() ? (await readFile(path)).toString('base64') : 'folder';
  }
  return found;
}
