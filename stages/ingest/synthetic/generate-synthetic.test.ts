import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb } from '../../../pipeline/index.ts';
import { tableColumns } from '../../tables/table-columns.ts';
import { TABLE_NAMES } from '../../tables/table-names.ts';
import { tables as schemas } from '../../tables/tables.ts';
import { generateSynthetic } from './generate-synthetic.ts';
import { publishedMissing } from './facts/published-missing.ts';

let dir: string;
let db: DuckDb;

async function generate(name: string, { threads = 2, seed = 1, scale = 0.002 } = {}): Promise<Map<string, string>> {
  using own = await DuckDb.open({ threads, memoryMb: 1500, tempDir: dir });
  const outDir = await mkdtemp(join(dir, name));
  return new Map(Object.entries(await generateSynthetic({ db: own, scale, seed, outDir })));
}

async function digests(files: Map<string, string>): Promise<Record<string, string>> {
  const entries = await Promise.all(
    [...files].map(
      async ([table, path]) =>
        [
          table,
          createHash('sha256')
            .update(await readFile(path))
            .digest('hex'),
        ] as const,
    ),
  );
  return Object.fromEntries(entries);
}

const count = async (sql: string): Promise<number> => Number((await db.one(`select (${sql}) as n`))['n']);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice synthetic '));
  db = await DuckDb.open({ threads: 2, memoryMb: 1500, tempDir: dir });
  for (const [table, path] of await generate('main', { scale: 0.02 })) await db.view(table, path);
}, 300_000);

afterAll(async () => {
  db.close();
  await rm(dir, { recursive: true });
});

describe('generateSynthetic at scale 0.02', () => {
  test('has the applicants of the scale and close to the rows of the original in every table', async () => {
    expect(await count('select count(*) from application_train')).toBe(6150);
    expect(await count('select count(*) from application_test')).toBe(975);
    const original = {
      bureau: 1_716_428,
      bureau_balance: 27_299_925,
      previous_application: 1_670_214,
      POS_CASH_balance: 10_001_358,
      installments_payments: 13_605_401,
      credit_card_balance: 3_840_312,
    };
    for (const [table, rows] of Object.entries(original)) {
      const ratio = (await count(`select count(*) from ${table}`)) / (rows * 0.02);
      expect({ table, close: ratio > 0.9 && ratio < 1.12, ratio }).toMatchObject({ close: true });
    }
  });

  test.each(TABLE_NAMES)('%s has the declared columns and types in their order, unique keys and sorted rows', async (table) => {
    const described = await db.all(`describe ${table}`);
    expect(described.map((row) => [row['column_name'], row['column_type']])).toEqual(Object.entries(tableColumns(table)));
    const { key, sort } = schemas[table];
    if (key.length > 0) expect(await count(`select count(*) - count(distinct (${key.join(', ')})) from ${table}`)).toBe(0);
    const [first = ''] = sort;
    expect(await count(`select count(*) from (select ${first} < lag(${first}) over () as back from ${table}) where back`)).toBe(0);
  });

  test('holds no value outside what the schema allows', async () => {
    for (const { name, columns } of Object.values(schemas)) {
      for (const [column, { levels, nullable, min, max, sentinel }] of Object.entries(columns)) {
        const bad = [
          nullable ? 'false' : `${column} is null`,
          min === undefined ? 'false' : `${column} < ${min}`,
          max === undefined ? 'false' : `${column} > ${max} and ${column} <> ${sentinel ?? max}`,
          levels === undefined ? 'false' : `${column} not in (${levels.map((level) => `'${level}'`).join(', ')})`,
        ];
        expect({ name, column, bad: await count(`select count(*) from ${name} where ${bad.join(' or ')}`) }).toEqual({
          name,
          column,
          bad: 0,
        });
      }
    }
  });

  test('no child row lacks its client, and about as many lack their loan as in the original', async () => {
    const clients = 'select SK_ID_CURR from application_train union all select SK_ID_CURR from application_test';
    for (const table of ['bureau', 'previous_application', 'POS_CASH_balance', 'installments_payments', 'credit_card_balance']) {
      expect(await count(`select count(*) from ${table} where SK_ID_CURR not in (${clients})`)).toBe(0);
    }
    const orphans = (table: string, key: string, parent: string): Promise<number> =>
      count(`select avg((${key} not in (select ${key} from ${parent}))::integer) from (select distinct ${key} from ${table})`);
    expect(await orphans('POS_CASH_balance', 'SK_ID_PREV', 'previous_application')).toBeCloseTo(0.045, 1);
    expect(await orphans('bureau_balance', 'SK_ID_BUREAU', 'bureau')).toBeCloseTo(0.053, 1);
    expect(await orphans('credit_card_balance', 'SK_ID_PREV', 'previous_application')).toBeCloseTo(0.12, 1);
  });

  test('defaults as often as the original', async () => {
    expect(Math.abs((await count('select avg(TARGET) from application_train')) - 0.0807)).toBeLessThan(0.005);
  });

  test.each(Object.keys(publishedMissing))('%s misses what the original misses, to 4 points', async (table) => {
    for (const [column, share] of Object.entries(publishedMissing[table] ?? {})) {
      const missing = await count(`select avg((${column} is null)::integer) from ${table}`);
      expect({ column, off: Math.abs(missing - share) < 0.04, missing, share }).toMatchObject({ off: true });
    }
  });

  test('some clients have no bureau credit, no earlier loan, no card', async () => {
    const without = (table: string): Promise<number> =>
      count(`select avg((SK_ID_CURR not in (select SK_ID_CURR from ${table}))::integer) from application_train`);
    expect(Math.abs((await without('bureau')) - 0.1416)).toBeLessThan(0.02);
    expect(Math.abs((await without('previous_application')) - 0.052)).toBeLessThan(0.015);
    expect(Math.abs((await without('credit_card_balance')) - 0.7093)).toBeLessThan(0.02);
  });
});

test('gives the same bytes with one thread and with two, others for another seed', async () => {
  const one = await digests(await generate('one', { threads: 1, scale: 0.01 }));
  expect(await digests(await generate('two', { threads: 2, scale: 0.01 }))).toEqual(one);
  const other = await digests(await generate('other', { seed: 2, scale: 0.01 }));
  for (const table of TABLE_NAMES) expect(other[table]).not.toBe(one[table]);
}, 300_000);
