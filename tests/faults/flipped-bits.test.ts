import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { digestOfFile } from '../../pipeline/fingerprint/digest.ts';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

/** One stage that makes every kind of artifact, and one that reads them all. */
const stages = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/all.yaml"}}',
  'configs/all.yaml': 'version: 1\n',
  'stages/index.ts': `
import { definePipeline } from 'SLUICE';
import { make, read } from './graph.ts';
export const pipeline = definePipeline({ name: 'all', stages: [make, read] });
`,
  'stages/graph.ts': `
import { z } from 'zod';
import { artifact, columns, defineStage } from 'SLUICE';
export const make = defineStage({ name: 'make', description: 'Makes one of each kind', outputs: {
  table: artifact.table({ id: 'INTEGER', v: 'DOUBLE' }), json: artifact.json(z.array(z.number())), file: artifact.file({ mediaType: 'text/plain', extension: '.txt' }),
  folder: artifact.directory(), metrics: artifact.metrics(), page: artifact.report() }, native: ['duckdb'], run: () => import('./make.ts') });
export const read = defineStage({ name: 'read', description: 'Reads them', inputs: { ids: columns(make.out.table, ['id']), json: make.out.json, file: make.out.file, folder: make.out.folder, metrics: make.out.metrics, page: make.out.page },
  outputs: { seen: artifact.json(z.unknown()) }, run: () => import('./read.ts') });
`,
  'stages/make.ts': `
import { mkdir, writeFile } from 'node:fs/promises';
import { DuckDb } from 'SLUICE';
export default async ({ outputs, tempDir }) => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir });
  await db.copyToParquet('select i::integer as id, (i * 0.5)::double as v from range(9) t(i) order by i', outputs.table.path);
  await outputs.json.write([1, 2, 3]);
  await writeFile(outputs.file.path, 'a file');
  await mkdir(outputs.folder.path + '/sub/empty', { recursive: true });
  await writeFile(outputs.folder.path + '/sub/é.txt', 'in a folder');
  await writeFile(outputs.folder.path + '/top.txt', 'on top');
  outputs.metrics.log('m', 0.25);
  await outputs.page.write('<p>page</p>');
};
`,
  'stages/read.ts': `
import { readdir, readFile } from 'node:fs/promises';
export default async ({ inputs, outputs }) => {
  const text = (path) => readFile(path, 'utf8');
  const names = (await readdir(inputs.folder.path, { recursive: true })).sort();
  await outputs.seen.write([inputs.ids.rows, await inputs.json.read(), await text(inputs.file.path), names, await text(inputs.folder.path + '/sub/é.txt'), await text(inputs.folder.path + '/top.txt'), await inputs.metrics.read(), await text(inputs.page.path)]);
};
`,
};
const SEEN = [
  9,
  [1, 2, 3],
  'a file',
  ['sub', 'sub/empty', 'sub/é.txt', 'top.txt'],
  'in a folder',
  'on top',
  [{ name: 'm', value: 0.25, step: 0 }],
  '<p>page</p>',
];

describe('a bit flipped in a blob', () => {
  test('of any kind, tree list and folder content included, is found on the next use, set aside and mended, never served', async () => {
    await using project = await TempProject.create(stages);
    const { artifactsDir } = project.project;
    const first = await project.run();
    expect(first.events.filter((event) => event.type === 'stage.finished' && event.error !== undefined)).toEqual([]);
    expect(first.exitCode).toBe(0);
    const blobs = await listBlobs(artifactsDir);
    // Six outputs, of which the folder is a list and two files; a projection; what was seen.
    expect(blobs.map((path) => path.replace(/^.*[0-9a-f]{64}/, '')).toSorted()).toEqual([
      '',
      '',
      '.html',
      '.json',
      '.json',
      '.ndjson',
      '.parquet',
      '.parquet',
      '.tree.json',
      '.txt',
    ]);
    for (const [index, blob] of blobs.entries()) {
      await flipBit(blob, index);
      const run = await project.run({}, { force: ['read'] });
      expect(run).toMatchObject({ exitCode: 0, outcomes: { read: 'executed' } });
      // The flipped bit was either found while reusing or reading, or written over by the stage that ran anyway.
      expect(await namedByTheirBytes(artifactsDir)).toEqual([]);
      expect(await readdir(join(artifactsDir, 'quarantine'))).toHaveLength(index + 1);
      expect(JSON.parse(await readFile((await runCli(project.dir, ['path', 'read.seen'])).stdout.trim(), 'utf8'))).toEqual(SEEN);
    }
  });

  test('is found by path, by verify and by report; verify names the port and what mends it, with 6', async () => {
    await using project = await TempProject.create(stages);
    await project.runWell();
    const good = await runCli(project.dir, ['verify']);
    expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/^✔ 10 blobs, .*, every byte read: all as they were stored\n$/) });
    const page = (await runCli(project.dir, ['path', 'make.page'])).stdout.trim();
    await flipBit(page, 3);
    const path = await runCli(project.dir, ['path', 'make.page']);
    expect(path).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining('make.page is not what was stored') });
    const file = (await runCli(project.dir, ['path', 'make.folder'])).stdout.trim();
    const inFolder = join(file, 'sub/é.txt');
    await flipBit(inFolder, 2);
    const verify = await runCli(project.dir, ['verify']);
    expect(verify.code).toBe(6);
    expect(verify.stdout).toMatch(/✖ make\.page: gone: .*\n {2}→ sluice run make\n/);
    expect(verify.stdout).toMatch(/✖ make\.folder\/sub\/é\.txt: damaged, set aside at .*quarantine.*\n {2}→ sluice run make\n/);
    expect((await runCli(project.dir, ['run'])).code).toBe(0);
    expect((await runCli(project.dir, ['verify', '--all', '--json'])).code).toBe(0);
    await flipBit((await runCli(project.dir, ['path', 'make.page'])).stdout.trim(), 4);
    expect(await runCli(project.dir, ['report'])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('make.page is not what was stored'),
    });

    // The record of a run: a changed digit of it is JSON still.
    const { id } = JSON.parse((await runCli(project.dir, ['runs', '--json'])).stdout.split('\n')[0] ?? '') as { id: string };
    const record = join(project.project.artifactsDir, 'runs', id, 'run.json');
    await writeFile(record, (await readFile(record, 'utf8')).replace('"exitCode": 0', '"exitCode": 3'));
    const damaged = `the record of run ${id} is not as it was written`;
    for (const command of [
      ['show', id],
      ['show', 'latest'],
      ['gc', '--dry-run'],
    ])
      expect(await runCli(project.dir, command)).toMatchObject({ code: 6, stderr: expect.stringContaining(damaged) });
    expect(await runCli(project.dir, ['verify'])).toMatchObject({
      code: 6,
      stdout: expect.stringContaining(`run ${id}: unreadable record: ${record}`),
    });
    expect(await runCli(project.dir, ['runs'])).toMatchObject({
      code: 0,
      stdout: expect.not.stringContaining(id),
      stderr: `! ${damaged}, so it is not listed: ${record}\n  → What it made stands: sluice show ${id}\n`,
    });
    expect((await runCli(project.dir, ['run'])).code).toBe(0);
  });
});

async function listBlobs(artifactsDir: string): Promise<readonly string[]> {
  const entries = await readdir(join(artifactsDir, 'objects/sha256'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function namedByTheirBytes(artifactsDir: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const path of await listBlobs(artifactsDir)) if (!path.includes(await digestOfFile(path))) wrong.push(path);
  return wrong;
}

async function flipBit(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  const offset = at % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(offset) ^ (1 << (at % 8)), offset);
  await chmod(path, 0o644);
  await writeFile(path, bytes);
  await chmod(path, 0o444);
}
