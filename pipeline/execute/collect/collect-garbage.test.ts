import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../fingerprint/digest.ts';
import { FileStore } from '../../store/file-store.ts';
import { ManifestStore } from '../../store/manifest-store.ts';
import { numberStages } from '../../testing/number-stages.ts';
import { tableStages } from '../../testing/table-stages.ts';
import { TempProject } from '../../testing/temp-project.ts';
import { loadPipeline } from '../project/load-pipeline.ts';
import { pinTarget, unpinTarget } from '../answers/pin-target.ts';
import { listRuns } from '../record/run-record.ts';
import { verifyStore } from '../verify/verify-store.ts';
import { collectGarbage, type Collection } from './collect-garbage.ts';
import { storeSizes } from './store-sizes.ts';

const config = (numbers: Record<string, unknown> = {}) => ({
  params: { numbers: { count: 3, ...numbers }, double: { factor: 2 }, check: { limit: 1000 } },
});

async function collect(project: TempProject, options: { keepRuns?: number; dryRun?: boolean } = {}): Promise<Collection> {
  const { pipeline } = await loadPipeline(project.project);
  return collectGarbage({
    project: project.project,
    pipeline,
    config: {},
    env: {},
    keepRuns: options.keepRuns ?? 1,
    dryRun: options.dryRun ?? false,
  });
}

/** Makes everything look two hours old: past the grace that objects of a run in progress have. */
async function age(project: TempProject): Promise<void> {
  const then = new Date(Date.now() - 7_200_000);
  for (const entry of await readdir(project.project.artifactsDir, { recursive: true, withFileTypes: true }))
    await utimes(join(entry.parentPath, entry.name), then, then);
}

const blobIn = (objects: Collection['objects'], content: string) => objects.find(({ name }) => name.startsWith(digestOf(content)));
const list = (...values: number[]): string => `${JSON.stringify(values, null, 1)}\n`;

describe('gc', () => {
  test('removes what no kept run, mark or pin names; what stays is whole and is reused', async () => {
    await using project = await TempProject.create(numberStages);
    for (const count of [3, 4, 5]) await project.runWell(config({ count }));
    await age(project);
    const dry = await collect(project, { keepRuns: 2, dryRun: true });
    expect(dry.removed).toBeNull();
    expect(blobIn(dry.objects, list(1, 2, 3))).toMatchObject({
      lives: false,
      reason: 'numbers.list: no record that names it lives with its outputs',
    });
    const [latest, before] = await listRuns(project.project);
    expect(blobIn(dry.objects, list(1, 2, 3, 4))).toMatchObject({
      lives: true,
      reason: `numbers.list: used by run ${before?.id}, one of the 2 newest`,
    });
    expect(blobIn(dry.objects, list(1, 2, 3, 4, 5))).toMatchObject({ lives: true, reason: 'numbers.list: last good outputs of numbers' });
    expect(dry.objects.find(({ kind, name }) => kind === 'run' && name === latest?.id)).toMatchObject({
      lives: true,
      reason: 'the newest',
    });
    const { removed } = await collect(project, { keepRuns: 2 });
    expect(removed?.objects).toBe(dry.objects.filter(({ lives }) => !lives).length);
    expect(await listRuns(project.project)).toHaveLength(2);
    expect(await verifyStore(project.project.artifactsDir, { all: true })).toMatchObject({ damaged: [] });
    expect(new Set(Object.values((await project.runWell(config({ count: 4 }))).outcomes))).toEqual(new Set(['reused']));
    expect((await project.runWell(config({ count: 3 }))).outcomes).toMatchObject({ numbers: 'executed', double: 'executed' });
  });

  test('keeps pins, of a run and of a port as it was, until they are taken away', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config({ count: 3 }));
    const [first] = await listRuns(project.project);
    await pinTarget(project.project, first?.id ?? '');
    await project.runWell(config({ count: 4 }));
    await pinTarget(project.project, 'numbers.list');
    await project.runWell(config({ count: 5 }));
    await age(project);
    await collect(project);
    const { objects } = await collect(project, { dryRun: true });
    expect(blobIn(objects, list(1, 2, 3))?.reason).toBe(`numbers.list: used by run ${first?.id}, pinned`);
    expect(blobIn(objects, list(1, 2, 3, 4))?.reason).toBe('numbers.list: pinned as numbers.list');
    // Of the second run the pin keeps the list, and nothing that was made of it.
    expect(blobIn(objects, list(2, 4, 6, 8))).toBeUndefined();
    expect(await unpinTarget(project.project, 'numbers.list')).toBe(1);
    expect(await unpinTarget(project.project, first?.id.slice(0, 26) ?? '')).toBe(1);
    await collect(project);
    expect((await collect(project, { dryRun: true })).objects.filter(({ kind }) => kind === 'record')).toHaveLength(5);
  });

  test('leaves alone what is young, and all that a run at work may use or be about to name', async () => {
    await using project = await TempProject.create(numberStages);
    for (const count of [3, 4]) await project.runWell(config({ count }));
    expect((await collect(project)).removed?.objects).toBe(0);
    await age(project);
    const runsDir = join(project.project.artifactsDir, 'runs');
    const [newest = ''] = (await readdir(runsDir)).toSorted().toReversed();
    const record = JSON.parse(await readFile(join(runsDir, newest, 'run.json'), 'utf8'));
    await mkdir(join(runsDir, '01ZZZZZZZZZZZZZZZZZZZZZZZZ'));
    await writeFile(
      join(runsDir, '01ZZZZZZZZZZZZZZZZZZZZZZZZ/run.json'),
      JSON.stringify({ ...record, id: '01ZZZZZZZZZZZZZZZZZZZZZZZZ', finishedAt: null, stages: {} }),
    );
    const { objects, removed } = await collect(project, { keepRuns: 0 });
    expect(objects.filter(({ kind, lives }) => !lives && kind !== 'run')).toEqual([]);
    expect(blobIn(objects, list(1, 2, 3))?.reason).toBe('numbers.list: run 01ZZZZZZZZZZZZZZZZZZZZZZZZ is at work and may use it');
    expect(removed?.objects).toBe(2);
  });

  test('keeps the columns of a table that lives, and drops those of one that dies', async () => {
    await using project = await TempProject.create(tableStages);
    await project.runWell({ params: { people: { shift: 0, name: 'n' } } });
    await project.runWell({ params: { people: { shift: 1, name: 'n' } } });
    await age(project);
    const { objects } = await collect(project);
    const columns = objects.filter(({ kind }) => kind === 'columns');
    expect([columns.filter(({ lives }) => lives).length, columns.length]).toEqual([1, 2]);
    expect(columns.find(({ lives }) => lives)?.reason).toBe('columns id, age of people.table, which lives');
    expect((await project.runWell({ params: { people: { shift: 1, name: 'n' } } })).outcomes).toEqual({
      people: 'reused',
      ages: 'reused',
      names: 'reused',
    });
    expect(await readdir(join(project.project.artifactsDir, 'projections'))).toHaveLength(1);
  });

  test('drops failed attempts with their run, quarantine after a week, and what killed processes left', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'stages/total.ts': "export default async ({ outputs }) => { await outputs.total.write(1); throw new Error('no'); };\n",
    });
    const { artifactsDir } = project.project;
    await project.run(config());
    await project.write(numberStages);
    await project.runWell(config());
    const week = 8 * 86_400_000;
    await mkdir(join(artifactsDir, 'quarantine'), { recursive: true });
    for (const at of [Date.now() - week, Date.now() - 1000]) await writeFile(join(artifactsDir, `quarantine/abc.json.${at}`), 'x');
    await mkdir(join(artifactsDir, 'staging/total-01AAAAAAAAAAAAAAAAAAAAAAAA/out'), { recursive: true });
    await writeFile(join(artifactsDir, 'stages/total/x.json.123.1.tmp'), 'half');
    await age(project);
    const { objects } = await collect(project);
    const dead = objects.filter(({ lives }) => !lives).map(({ kind, name }) => `${kind} ${name.replace(/[0-9A-Z]{26}|\.\d{13}/, '…')}`);
    expect(dead.toSorted()).toEqual(['failed total-…', 'leftover total-…', 'leftover x.json.123.1.tmp', 'quarantine abc.json…', 'run …']);
    expect(await readdir(join(artifactsDir, 'failed'))).toEqual([]);
    expect(await readdir(join(artifactsDir, 'quarantine'))).toHaveLength(1);
    expect(await readdir(join(artifactsDir, 'staging'))).toEqual([]);
  });

  test('does not take a blob that a stage stores again at the same moment', async () => {
    await using project = await TempProject.create(numberStages);
    const { artifactsDir } = project.project;
    const store = new FileStore(artifactsDir);
    const again = async (n: number): Promise<string> => {
      const staged = join(project.dir, `staged-${n}`);
      await writeFile(staged, 'the same bytes');
      await store.putFile(staged, '.txt');
      return store.blobPath(digestOf('the same bytes'), '.txt');
    };
    const path = await again(0);
    const old = new Date(Date.now() - 7_200_000);
    for (let n = 1; n <= 40; n += 1) {
      await utimes(path, old, old).catch(() => {});
      await Promise.all([collect(project), again(n)]);
      expect(await readFile(path, 'utf8')).toBe('the same bytes');
    }
  });

  test('remembers where what lives came from, although that is gone', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config({ count: 3 }));
    await pinTarget(project.project, 'double.list');
    await project.runWell(config({ count: 4 }));
    await age(project);
    const { objects } = await collect(project);
    const origin = objects.find(({ kind, lives, reason }) => kind === 'record' && lives && reason.includes('was made from it'));
    expect(origin?.name).toMatch(/^numbers /);
    expect(blobIn(objects, list(1, 2, 3))?.lives).toBe(false);
    expect(await verifyStore(project.project.artifactsDir, { all: true })).toMatchObject({ damaged: [] });
    const manifests = await new ManifestStore(project.project.artifactsDir).candidates('numbers');
    expect(manifests.filter(({ collectedAt }) => collectedAt !== undefined)).toHaveLength(1);
    expect((await project.runWell(config({ count: 3 }))).outcomes).toEqual({
      numbers: 'executed',
      double: 'reused',
      total: 'executed',
      check: 'executed',
      summary: 'executed',
    });
  });
});

describe('sizes on disk', () => {
  test('are told by stage, last good and older, and by folder; a blob counts once', async () => {
    await using project = await TempProject.create(numberStages);
    await project.runWell(config({ count: 3 }));
    await project.runWell(config({ count: 4 }));
    const { stages, folders, total } = await storeSizes(project.project.artifactsDir);
    const block =
      (
        await stat(
          join(project.project.artifactsDir, 'objects/sha256', digestOf(list(1, 2, 3)).slice(0, 2), `${digestOf(list(1, 2, 3))}.json`),
        )
      ).blocks * 512;
    expect(stages.find(({ stage }) => stage === 'numbers')).toEqual({ stage: 'numbers', latest: block, older: block, records: 2 });
    expect(Object.keys(folders)).toEqual(expect.arrayContaining(['objects', 'runs', 'stages']));
    expect(total).toBe(Object.values(folders).reduce((sum, bytes) => sum + bytes, 0));
  });
});
