import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { compareParts, compareViews, datasetDrift } from './compare-parts.ts';
import type { DriftResult } from './drift-schema.ts';
import { ALONE, judgeDrift } from './judge/judge-run.ts';

const COLUMNS = { damaged: 'BIGINT', whole: 'BIGINT' };

async function database(): Promise<{ readonly db: DuckDb; readonly dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-compare-'));
  return { db: await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: dir }), dir };
}

/** Two columns, of which the bytes of the first are overwritten. */
async function damagedPart(db: DuckDb, path: string): Promise<void> {
  await db.copyToParquet('select hash(i)::varchar as damaged, i as whole from range(2000) t(i)', path);
  const [chunk] = await db.all<{ at: number; size: number }>(
    `select least(data_page_offset, coalesce(dictionary_page_offset, data_page_offset))::double as at, total_compressed_size::double as size
       from parquet_metadata($path) where path_in_schema = 'damaged'`,
    { path },
  );
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc((chunk?.size ?? 0) - 40, 0xff), 0, undefined, (chunk?.at ?? 0) + 30);
  await file.close();
}

test('a column that cannot be read breaks the contract, never reads as ok, and the others are judged', async () => {
  const { db, dir } = await database();
  using _ = db;
  const [reference, current] = [join(dir, 'reference.parquet'), join(dir, 'current.parquet')];
  await db.copyToParquet('select hash(i)::varchar as damaged, i as whole from range(2000) t(i)', reference);
  await damagedPart(db, current);
  const types = { damaged: 'VARCHAR', whole: 'BIGINT' };
  const parts = { reference: { path: reference, columns: types }, current: { path: current, columns: types } };
  const columns = await compareParts(db, parts, { mode: '0.7', ignore: [] });
  expect(columns.map(({ name, skipReason }) => [name, skipReason])).toEqual([
    ['damaged', expect.stringMatching(/^could not be read: /)],
    ['whole', null],
  ]);
  const part = { name: 'x', rows: 2000, sha256: '' };
  const compared: DriftResult = {
    schema: 'drift/1',
    reference: part,
    current: part,
    verdict: { status: 'ok', reasons: [] },
    evidently: datasetDrift(columns, { mode: '0.7', driftShare: 0.5 }),
    columns,
    score: null,
  };
  const { result, decision } = judgeDrift(compared, { ...ALONE, batch: 'x', minRows: 500 });
  expect(decision).toMatchObject({ status: 'broken', exit: 3, retrain: false });
  expect(result.verdict.reasons[0]).toMatch(/^damaged: could not be read/);
});

test('an interruption ends the comparison instead of making every column unreadable', async () => {
  const { db } = await database();
  using _ = db;
  await db.run('create view reference_rows as select hash(i) as damaged, i as whole from range(300000000) t(i)');
  await db.run('create view current_rows as select hash(i) as damaged, i as whole from range(10) t(i)');
  setTimeout(() => db.interrupt(), 60);
  await expect(
    compareViews(db, { reference: { columns: COLUMNS }, current: { columns: COLUMNS } }, { mode: '0.7', ignore: [] }),
  ).rejects.toThrow(/interrupt/i);
});
