import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb } from './duckdb.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice duckdb é-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('DuckDb', () => {
  test('writes arrays to Parquet and reads them back as a Float32 matrix, null as NaN', async () => {
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: dir });
    const n = 5000;
    await db.createTable('t', {
      id: { type: 'INTEGER', values: Int32Array.from({ length: n }, (_, i) => i) },
      x: { type: 'DOUBLE', values: Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 2)) },
      name: { type: 'VARCHAR', values: Array.from({ length: n }, (_, i) => (i === 3 ? null : `é${i}`)) },
    });
    const path = join(dir, "it's.parquet");
    await db.copyToParquet('select * from t order by id', path);
    await db.view('back', path);
    const matrix = await db.matrix('select id, x, x > 10 as big from back order by id');
    expect(matrix.rows).toBe(n);
    expect(matrix.columns).toEqual(['id', 'x', 'big']);
    expect(Array.from(matrix.data.slice(0, 6))).toEqual([0, Number.NaN, Number.NaN, 1, 0.5, 0]);
    expect(Array.from(matrix.data.slice(-3))).toEqual([4999, 2499.5, 1]);
    expect(await db.all('select name from back where id in (3, 4) order by id')).toEqual([{ name: null }, { name: 'é4' }]);
    expect(await db.one('select count(*) n from back where id < $limit', { limit: 10 })).toEqual({ n: 10 });
  });

  test('names the statement when DuckDB refuses it', async () => {
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: dir });
    await expect(db.all('select * from nowhere')).rejects.toMatchObject({ code: 'NATIVE_DUCKDB', data: { sql: 'select * from nowhere' } });
  });
});
