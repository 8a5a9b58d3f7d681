import { writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DuckDb, sqlName, type SqlRow, sqlString } from '../../pipeline/index.ts';
import { type BodyRun, runBody } from '../../pipeline/testing/run-body.ts';
import type { TableName } from '../tables/table-names.ts';
import { tables } from '../tables/tables.ts';
import run from './run.ts';
import { ingest } from './stage.ts';

type Expressions = Readonly<Record<string, string>>;

/** Rows as pandas writes them: whole numbers as BIGINT, everything else as DOUBLE or VARCHAR; some columns as SQL of i = 0, 1, …. */
function frame(name: TableName, rows: number, expressions: Expressions): string {
  const select = Object.entries(tables[name].columns).map(([column, { type, levels, max, min }]) => {
    const wide = type === 'INTEGER' || type === 'TINYINT' ? 'BIGINT' : type;
    const value = expressions[column] ?? `cast(${levels === undefined ? String(max ?? min ?? 1) : sqlString(levels[0] ?? '')} as ${wide})`;
    return `${value} as ${sqlName(column)}`;
  });
  return `select ${select.join(', ')} from range(${rows}) t(i)`;
}

const CLIENTS: Expressions = { SK_ID_CURR: '100000 - i', TARGET: '(i % 2)::bigint' };

async function ingestFrames(
  frames: Readonly<Record<string, string | Buffer>>,
  params: object = {},
): Promise<BodyRun<typeof ingest.outputs>> {
  const raw = await mkdtemp(join(tmpdir(), 'sluice-parquet-'));
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: raw });
  for (const [name, content] of Object.entries(frames)) {
    const path = join(raw, `${name}.parquet`);
    if (typeof content === 'string') await db.copyToParquet(content, path);
    else await writeFile(path, content);
  }
  return await runBody(ingest, run, { inputs: { raw }, config: { source: { kind: 'parquet', dir: raw } }, params });
}

async function query(sql: string, path: string): Promise<SqlRow[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
  await db.view('t', path);
  return await db.all(sql);
}

describe('a folder of Parquet', () => {
  test('wider types are narrowed, NaN becomes null, rows are sorted', async () => {
    const done = await ingestFrames({
      application_train: frame('application_train', 50, {
        ...CLIENTS,
        EXT_SOURCE_1: "'nan'::double",
        EXT_SOURCE_2: '0.25::float',
        OWN_CAR_AGE: 'i::smallint',
        CODE_GENDER: "'M'::enum('M', 'F')",
      }),
    });
    expect(
      await query(
        'select "SK_ID_CURR" id, "EXT_SOURCE_1" a, "EXT_SOURCE_2" b, "OWN_CAR_AGE" c, "CODE_GENDER" d, typeof("TARGET") e from t limit 1',
        done.outputs.application_train,
      ),
    ).toEqual([{ id: 99_951, a: null, b: 0.25, c: 49, d: 'M', e: 'TINYINT' }]);
  });

  test('bad values are named by row, or set aside', async () => {
    const bad = frame('application_train', 50, {
      ...CLIENTS,
      CNT_CHILDREN: 'case when i = 7 then 1.5 else 1 end',
      AMT_CREDIT: "case when i = 9 then 'inf'::double else 1 end",
      TARGET: 'case when i = 9 then 7 when i = 11 then null else i % 2 end',
    });
    await expect(ingestFrames({ application_train: bad })).rejects.toMatchObject({
      code: 'DATA_BAD_VALUE',
      message:
        'application_train.parquet:8: column CNT_CHILDREN: "1.5" is not a whole number; application_train.parquet:10: column TARGET: "7" is not between 0 and 1; application_train.parquet:12: column TARGET: is empty (6% of 50 rows; rejectTolerance is 0)',
    });
    const done = await ingestFrames({ application_train: bad }, { rejectTolerance: 0.06 });
    expect(
      await query(
        'select count(*) n, count(*) filter (where "SK_ID_CURR" in (99993, 99991, 99989)) bad from t',
        done.outputs.application_train,
      ),
    ).toEqual([{ n: 47, bad: 0 }]);
    expect(await query('select line, "column", client from t', done.outputs.rejects)).toEqual([
      { line: 8, column: 'CNT_CHILDREN', client: 99_993 },
      { line: 10, column: 'TARGET', client: 99_991 },
      { line: 12, column: 'TARGET', client: 99_989 },
    ]);
  });

  test('bad months of a loan are those of whose loan it is', async () => {
    const done = await ingestFrames(
      {
        application_train: frame('application_train', 50, CLIENTS),
        bureau: frame('bureau', 9, {
          SK_ID_CURR: '99950 + i',
          SK_ID_BUREAU: 'i + 1',
          AMT_ANNUITY: "case when i = 4 then 'inf'::double end",
        }),
        bureau_balance: frame('bureau_balance', 9, {
          SK_ID_BUREAU: 'case when i = 2 then 77 else i + 1 end',
          MONTHS_BALANCE: 'case when i in (2, 4, 6) then 1.5 else -i end',
          STATUS: "'C'",
        }),
      },
      { rejectTolerance: 0.5 },
    );
    expect(await query('select "table", line, client from t', done.outputs.rejects)).toEqual([
      { table: 'bureau', line: 5, client: 99_954 },
      { table: 'bureau_balance', line: 3, client: null },
      { table: 'bureau_balance', line: 5, client: 99_954 },
      { table: 'bureau_balance', line: 7, client: 99_956 },
    ]);
  });

  test('a text where a number belongs, a missing column, a client twice, a file that is no Parquet', async () => {
    await expect(
      ingestFrames({ application_train: frame('application_train', 3, { ...CLIENTS, AMT_CREDIT: "'1'" }) }),
    ).rejects.toMatchObject({
      code: 'DATA_BAD_VALUE',
      message: 'application_train.parquet: column AMT_CREDIT has the type VARCHAR, a number (DOUBLE) is expected',
    });
    await expect(
      ingestFrames({ application_train: `select * exclude (AMT_CREDIT) from (${frame('application_train', 3, CLIENTS)})` }),
    ).rejects.toMatchObject({ code: 'DATA_MISSING_COLUMN' });
    await expect(
      ingestFrames({ application_train: frame('application_train', 9, { ...CLIENTS, SK_ID_CURR: '5 + i % 7' }) }),
    ).rejects.toMatchObject({
      code: 'DATA_DUPLICATE_KEY',
      message: 'application_train.parquet: SK_ID_CURR 5 stands on lines 1 and 8; 1 more client(s) stand twice as well',
    });
    await expect(ingestFrames({ application_train: Buffer.from('PAR1 not really') })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringContaining('application_train.parquet is not a readable Parquet file'),
    });
  });
});
