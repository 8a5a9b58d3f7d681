import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb } from './duckdb.ts';

const TYPES = ['double', 'float', 'integer', 'smallint', 'tinyint', 'utinyint', 'uinteger', 'bigint', 'boolean', 'decimal(9, 2)'];
const ROWS = 5000;

test.each(TYPES)('%s: values and nulls of several chunks as DuckDB has them, as doubles and as a matrix', async (type) => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: await mkdtemp(join(tmpdir(), 'sluice-duckdb-')) });
  const value = type === 'boolean' ? 'i % 3 = 0' : 'i % 100';
  await db.run(
    `create table t as select i, case when hash(i) % 5 > 0 or i between 2048 and 2112 then (${value})::${type} end as x, (i % 7)::${type} as y from range(${ROWS}) s(i)`,
  );
  const truth = await db.all<{ x: string | null; y: string }>('select x::double::varchar as x, y::double::varchar as y from t order by i');
  const expected = truth.map(({ x }) => (x === null ? Number.NaN : Number(x)));
  expect(expected.filter((x) => Number.isNaN(x)).length).toBeGreaterThan(700);
  const { x, y } = await db.doubles('select x, y from t order by i');
  expect(Array.from(x ?? [])).toEqual(expected);
  expect(Array.from(await db.column('select x from t order by i'))).toEqual(expected);
  expect(Array.from(y ?? [])).toEqual(truth.map((row) => Number(row.y)));
  const matrix = await db.matrix('select y, x from t order by i');
  expect(Array.from({ length: ROWS }, (_, row) => matrix.data[row * 2 + 1])).toEqual(expected);
  // A slice of the rows, so that nulls do not begin at the chunk's first bit.
  const { x: slice } = await db.doubles(`select x from t where i >= 37 order by i limit 3000 offset 11`);
  expect(Array.from(slice ?? [])).toEqual(expected.slice(48, 3048));
});

test('lists: two of one row that several chunks were read for, one without any value, and a null one is empty', async () => {
  using db = await DuckDb.open({ threads: 2, memoryMb: 256, tempDir: await mkdtemp(join(tmpdir(), 'sluice-duckdb-')) });
  await db.run('create table t as select (i / 7)::double as x from range(50000) s(i)');
  const { some, none } = await db.lists('select (select list(x) from t) as some, (select list(x) from t where x < 0) as none');
  expect(some?.toSorted()).toEqual(Float64Array.from({ length: 50_000 }, (_, at) => at / 7));
  expect(none).toHaveLength(0);
});

test('whole results may be read while others run', async () => {
  using db = await DuckDb.open({ threads: 2, memoryMb: 256, tempDir: await mkdtemp(join(tmpdir(), 'sluice-duckdb-')) });
  const asked = [3, 30_000, 7, 50_000].map((rows) => db.doubles(`select i::double as x from range(${rows}) t(i)`, undefined, 'whole'));
  expect((await Promise.all(asked)).map(({ x }) => x?.length)).toEqual([3, 30_000, 7, 50_000]);
});
