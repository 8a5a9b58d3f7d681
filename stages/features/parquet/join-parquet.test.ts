import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../../pipeline/index.ts';
import { joinParquet } from './join-parquet.ts';
import { thriftBytes, ThriftReader } from './thrift-compact.ts';

const open = async (): Promise<DuckDb> => DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'sluice-join-'));

/** Rows with numbers, texts with a dictionary, nulls and a column that is null throughout. */
const rows = (from: number, to: number): string =>
  `select i::integer as id, case when i % 3 = 0 then null else (i * 0.37)::float end as score, 'level ' || i % 5 as level,
     (-i)::bigint as minus, null::float as nothing, i % 2 = 0 as even, date '2020-01-01' + i::integer as day
   from range(${from}, ${to}) t(i)`;

test('joined files read as their rows in order, with filters on statistics and texts too', async () => {
  using db = await open();
  const dir = await folder();
  const parts = ['a', 'b', 'c'].map((name) => join(dir, name));
  const bounds = [0, 5000, 5001, 9000];
  for (const [index, part] of parts.entries())
    await db.run(
      `copy (${rows(bounds[index] ?? 0, bounds[index + 1] ?? 0)}) to ${sqlString(part)} (format parquet, compression zstd, row_group_size 2048)`,
    );
  const out = join(dir, 'joined.parquet');
  await joinParquet(parts, out);
  const file = `read_parquet(${sqlString(out)})`;
  expect(await db.all(`from ${file}`)).toEqual(await db.all(rows(0, 9000)));
  for (const where of [`level = 'level 3'`, 'id between 4990 and 5010', 'minus = -8999', `level = 'no such'`])
    expect(await db.all(`from ${file} where ${where}`)).toEqual(await db.all(`from (${rows(0, 9000)}) where ${where}`));
  // Every page lies inside the file, and the row groups are those of the parts.
  const groups = await db.all<{ n: number }>(
    `select row_group_num_rows as n from parquet_metadata(${sqlString(out)}) where path_in_schema = 'id' order by row_group_id`,
  );
  expect(groups.map(({ n }) => n)).toEqual([2048, 2048, 904, 1, 2048, 1951]);
  expect(await readdir(dir)).toEqual(['joined.parquet']);
});

test('one file joined with nothing keeps its bytes, footer and all', async () => {
  using db = await open();
  const dir = await folder();
  const [part, out] = [join(dir, 'part'), join(dir, 'out')];
  await db.copyWideToParquet(rows(0, 3000), part);
  const before = await readFile(part);
  await joinParquet([part], out);
  expect((await readFile(out)).equals(before)).toBe(true);
});

test('files of other columns, and files that are no Parquet, are refused', async () => {
  using db = await open();
  const dir = await folder();
  const [one, other, text] = [join(dir, 'one'), join(dir, 'other'), join(dir, 'text')];
  await db.copyWideToParquet('select 1 as a', one);
  await db.copyWideToParquet('select 1 as b', other);
  await writeFile(text, 'id,score\n1,2\n');
  await expect(joinParquet([one, other], join(dir, 'out'))).rejects.toThrow('its columns are not those of the first part');
  await expect(joinParquet([text], join(dir, 'out2'))).rejects.toThrow('is no Parquet file');
});

test('a struct of every type is written as it was read', () => {
  // Field 1 true, 2 false, 3 byte, 4 i16 -1, then a jump of 96 to a double, a list of 16 booleans, a struct with a list of texts.
  const bytes = Buffer.from([
    0x11,
    0x12,
    0x13,
    0x7f,
    0x14,
    0x01,
    0x07,
    0xc8,
    0x01,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    0x19,
    0xf1,
    0x10,
    ...Array.from({ length: 16 }, (_, i) => 1 + (i % 2)),
    0x1c,
    0x19,
    0x28,
    0x01,
    0x61,
    0x00,
    0x16,
    0x80,
    0x80,
    0x80,
    0x80,
    0x10,
    0x00,
    0x00,
  ]);
  expect(thriftBytes(new ThriftReader(bytes).struct()).equals(bytes)).toBe(true);
});
