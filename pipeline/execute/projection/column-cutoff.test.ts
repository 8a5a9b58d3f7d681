import { chmod, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { digestOfFile } from '../../fingerprint/digest.ts';
import { artifact } from '../../graph/artifact.ts';
import { definePipeline } from '../../graph/define-pipeline.ts';
import { defineStage } from '../../graph/define-stage.ts';
import { columns } from '../../graph/port.ts';
import { DuckDb } from '../../native/duckdb/duckdb.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import { tableStages } from '../../testing/table-stages.ts';
import { TempProject } from '../../testing/temp-project.ts';
import { artifactPath } from '../answers/artifact-path.ts';
import { writeProjection } from './write-projection.ts';

const config = (people: Record<string, unknown> = {}) => ({ params: { people: { shift: 0, name: 'n', ...people } } });
const seen = async (project: TempProject, port: string): Promise<unknown> =>
  JSON.parse(await readFile(await artifactPath(project.project, port), 'utf8'));

describe('a stage that takes some columns of a table', () => {
  test('gets a file with these alone', async () => {
    await using project = await TempProject.create(tableStages);
    expect((await project.run(config())).exitCode).toBe(0);
    expect(await seen(project, 'ages.seen')).toEqual({ total: 110, rows: 5, columns: { id: 'INTEGER', age: 'INTEGER' } });
    expect(await seen(project, 'names.seen')).toEqual(['id', 'age', 'name']);
  });

  test('is not rerun when other columns change, and is when one of its own does', async () => {
    await using project = await TempProject.create(tableStages);
    await project.runWell(config());
    expect((await project.run(config({ name: 'm' }))).outcomes).toEqual({ people: 'executed', ages: 'reused', names: 'executed' });
    expect((await project.plan(config({ name: 'm' }))).stages.map(({ action }) => action)).toEqual(['reuse', 'reuse', 'reuse']);
    expect((await project.run(config({ name: 'm', shift: 1 }))).outcomes).toEqual({
      people: 'executed',
      ages: 'executed',
      names: 'executed',
    });
    expect(await seen(project, 'ages.seen')).toMatchObject({ total: 115 });
  });

  test('is not rerun when columns are added, or come in another order', async () => {
    await using project = await TempProject.create(tableStages);
    await project.runWell(config());
    await project.write({
      'stages/people.ts':
        tableStages['stages/people.ts']?.replace('select i::integer as id, ', "select true as new, i::integer as id, \\'x\\' as other, ") ??
        '',
    });
    expect((await project.run(config())).outcomes).toEqual({ people: 'executed', ages: 'reused', names: 'executed' });
  });

  test('mends a damaged projection from the table, without running anything again', async () => {
    await using project = await TempProject.create(tableStages);
    await project.runWell(config());
    const [entry] = await new ProjectionStore(project.project.artifactsDir).all();
    const digest = entry?.record?.projection.digest ?? '';
    const blob = join(project.project.artifactsDir, 'objects/sha256', digest.slice(0, 2), `${digest}.parquet`);
    await chmod(blob, 0o644);
    await writeFile(blob, (await readFile(blob)).fill(7, 8, 9));
    const healed = await project.run(config(), { force: ['ages'] });
    expect(healed.outcomes).toEqual({ people: 'reused', ages: 'executed', names: 'reused' });
    expect(healed.events.find((event) => event.type === 'artifact.quarantined')).toMatchObject({ stage: 'people', port: 'table', digest });
    expect(await digestOfFile(blob)).toBe(digest);
    expect(await readdir(join(project.project.artifactsDir, 'staging'))).toEqual([]);
  });

  test('says which column of which table is not there', async () => {
    await using project = await TempProject.create({
      ...tableStages,
      'stages/graph.ts': tableStages['stages/graph.ts']?.replace("['id', 'age']", "['id', 'naem']") ?? '',
    });
    const run = await project.run(config());
    expect(run).toMatchObject({ exitCode: 1, outcomes: { people: 'executed', ages: 'failed' } });
    expect(run.events.find((event) => event.type === 'stage.finished' && event.stage === 'ages')).toMatchObject({
      error: {
        code: 'ARTIFACT_SCHEMA',
        message: 'input "people" of stage "ages" takes column "naem" of people.table, which has no such column. Did you mean "name"?',
        hint: 'It has: id, age, name.',
      },
    });
  });
});

describe('columns', () => {
  const table = defineStage({
    name: 'table',
    description: '',
    outputs: { closed: artifact.table({ a: 'INTEGER', b: 'FLOAT' }), open: artifact.table({ a: 'INTEGER' }, { open: true }) },
    run: async () => null,
  });
  const taking = (source: ReturnType<typeof columns>) =>
    defineStage({ name: 'taking', description: '', inputs: { source }, outputs: {}, run: async () => null });

  test('are checked against a declared table when the pipeline is defined, and by the compiler', () => {
    // @ts-expect-error "c" is not declared
    const wrong = columns(table.out.closed, ['a', 'c']);
    expect(() => definePipeline({ name: 'x', stages: [table, taking(wrong)] })).toThrow(
      'input "source" of stage "taking" takes column "c" of table.closed, which declares no such column.',
    );
    expect(definePipeline({ name: 'x', stages: [table, taking(columns(table.out.closed, ['b', 'a']))] }).stages).toHaveLength(2);
    expect(definePipeline({ name: 'x', stages: [table, taking(columns(table.out.open, ['a', 'anything']))] }).stages).toHaveLength(2);
  });

  test('are named once each, and some', () => {
    expect(() => columns(table.out.closed, [])).toThrow('columns(table.out.closed, …) names no column');
    expect(() => columns(table.out.open, ['z', 'z'])).toThrow('names column "z" twice');
  });
});

describe('the bytes of a projection', () => {
  test('depend on names, types and values alone: not on the other columns, row groups or compression', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-projection-'));
    using db = await DuckDb.open({ threads: 2, memoryMb: 512, tempDir: dir });
    const rows =
      "select i::integer as id, case when i % 7 = 0 then null else 'v' || (i % 1000) end as text, i * 0.5 as number from range(300000) t(i) order by i";
    const layouts = ['', ', row_group_size 10000', ", compression 'snappy'", ', row_group_size 7000, dictionary_size_limit 10'];
    const digests: string[] = [];
    for (const [index, layout] of layouts.entries()) {
      const [whole, target] = [join(dir, `${index}.parquet`), join(dir, `${index}.columns.parquet`)];
      const extra = index === 3 ? ", repeat('x', 20) || id as wide" : '';
      await db.run(`copy (select text as text, number${extra}, id from (${rows}) order by id) to '${whole}' (format parquet${layout})`);
      const written = await writeProjection({
        table: whole,
        columns: ['id', 'text'],
        target,
        tempDir: dir,
        input: 'x',
        stage: 'y',
        from: 'z.t',
      });
      expect(written).toEqual({ rows: 300_000, columns: { id: 'INTEGER', text: 'VARCHAR' } });
      digests.push(await digestOfFile(target));
    }
    expect(new Set(digests).size).toBe(1);
  });
});
