import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { sqlName, sqlString } from '../../pipeline/index.ts';
import { jsonArtifact, runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { tables } from '../tables/tables.ts';
import type { Rule } from './rule.ts';
import run from './run.ts';
import { contractResult, validate } from './stage.ts';

type Expressions = Readonly<Record<string, string>>;

/** A query for `rows` valid rows numbered i = 0, 1, …; some columns as SQL expressions of i. */
function sample(name: TableName, rows: number, expressions: Expressions = {}): string {
  const select = Object.entries(tables[name].columns).map(([column, { type, levels, min, max }]) => {
    const value = expressions[column] ?? (levels === undefined ? String(max ?? min ?? 1) : sqlString(levels[0] ?? ''));
    return `cast(${value} as ${type}) as ${sqlName(column)}`;
  });
  return `select ${select.join(', ')} from range(${rows}) t(i)`;
}

const TRAIN: Expressions = { SK_ID_CURR: '1 + i', TARGET: '(i % 10 = 0)::int' };

const empty = Object.fromEntries(await Promise.all(TABLE_NAMES.map(async (name) => [name, await tableArtifact(sample(name, 0))] as const)));

/** Runs validate on a thousand applicants and the tables given as queries. */
async function check(given: Partial<Record<TableName, string>> = {}, params: object = {}) {
  const queries: Record<string, string> = { application_train: sample('application_train', 1000, TRAIN), ...given };
  const inputs: Record<string, string> = {};
  for (const name of TABLE_NAMES) inputs[name] = queries[name] === undefined ? (empty[name] ?? '') : await tableArtifact(queries[name]);
  const summary = {
    source: 'csv',
    tables: TABLE_NAMES.map((name) => ({ name, present: name in queries, rows: name in queries ? 1 : 0, rejected: 0 })),
  };
  const done = await runBody(validate, run, {
    inputs: { ...inputs, summary: await jsonArtifact(summary), contract: 'configs/contracts' },
    params,
  });
  const contract = contractResult.parse(JSON.parse(await readFile(done.outputs.contract, 'utf8')));
  return {
    ...contract,
    returned: done.result,
    failed: contract.rules.filter(({ passed }) => !passed),
    bytes: await readFile(done.outputs.contract, 'utf8'),
    events: done.events,
  };
}

const only = (rules: readonly Rule[]): Partial<Rule> => {
  expect(rules).toHaveLength(1);
  return rules[0] ?? {};
};

describe('the data contract', () => {
  test('application_train alone can pass, with the same bytes twice', async () => {
    const first = await check();
    expect(first.failed).toEqual([]);
    expect(first.verdict).toBe('passed');
    expect(first.returned).toMatchObject({ verdict: 'passed' });
    expect((await check()).bytes).toBe(first.bytes);
  });

  test('a repeated SK_ID_BUREAU and a repeated SK_ID_PREV reject', async () => {
    const { verdict, failed } = await check({
      bureau: sample('bureau', 500, { SK_ID_CURR: '1 + i', SK_ID_BUREAU: '7 + i % 499' }),
      previous_application: sample('previous_application', 500, {
        SK_ID_CURR: '1 + i',
        SK_ID_PREV: 'case when i < 3 then 9 else 10 + i end',
      }),
    });
    expect(verdict).toBe('rejected');
    expect(failed).toMatchObject([
      {
        rule: 'key unique',
        table: 'bureau',
        column: 'SK_ID_BUREAU',
        severity: 'error',
        value: 1,
        reason: '1 rows repeat a SK_ID_BUREAU, the first is 7',
      },
      { rule: 'key unique', table: 'previous_application', value: 2, reason: '2 rows repeat a SK_ID_PREV, the first is 9' },
    ]);
  });

  test('a repeated client in application_train rejects', async () => {
    const { failed } = await check({
      application_train: sample('application_train', 1000, { ...TRAIN, SK_ID_CURR: '1 + i % 990', CNT_CHILDREN: 'i' }),
    });
    expect(only(failed)).toMatchObject({ rule: 'key unique', value: 10, limit: 0 });
  });

  test('a missing id rejects', async () => {
    const { verdict, failed } = await check({
      POS_CASH_balance: sample('POS_CASH_balance', 900, { SK_ID_CURR: 'nullif(1 + i, 5)', SK_ID_PREV: '1 + i' }),
    });
    expect(verdict).toBe('rejected');
    expect(failed).toContainEqual(expect.objectContaining({ rule: 'ids present', table: 'POS_CASH_balance', severity: 'error', value: 1 }));
  });

  test('a wrong type rejects', async () => {
    const { failed } = await check({
      bureau_balance: 'select 1::bigint as "SK_ID_BUREAU", 0::integer as "MONTHS_BALANCE", \'0\' as "STATUS" limit 0',
    });
    expect(failed).toContainEqual(
      expect.objectContaining({
        rule: 'types',
        table: 'bureau_balance',
        severity: 'error',
        reason: 'SK_ID_BUREAU is BIGINT instead of INTEGER',
      }),
    );
  });

  test('values out of range, unexpected nulls, unknown categories and repeated rows are warnings, also in the log', async () => {
    const { verdict, failed, events } = await check({
      application_train: sample('application_train', 1000, {
        ...TRAIN,
        EXT_SOURCE_1: 'i / 990',
        DAYS_EMPLOYED: 'case when i % 2 = 0 then 365243 else 3 + -4 * (i % 4) end',
        AMT_CREDIT: 'nullif(i, 7)',
        CODE_GENDER: "case when i < 4 then 'X' else 'F' end",
      }),
      bureau_balance: sample('bureau_balance', 60, { SK_ID_BUREAU: '1 + i // 3' }),
    });
    expect(verdict).toBe('passed');
    expect(failed.map(({ severity }) => severity)).toEqual(Array(4).fill('warning'));
    expect(failed).toMatchObject([
      { rule: 'nulls', column: 'AMT_CREDIT', value: 1, reason: '1 rows (0.1%) are null' },
      { rule: 'range', column: 'EXT_SOURCE_1', value: 9, reason: '9 rows (0.9%) are not in 0 to 1' },
      { rule: 'levels', column: 'CODE_GENDER', value: 1, reason: 'unknown category: "X" (4 rows)' },
      { rule: 'duplicate rows', table: 'bureau_balance', value: 40 },
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'application_train.EXT_SOURCE_1: 9 rows (0.9%) are not in 0 to 1' }),
    );
  });

  test('clients in both application tables are a warning', async () => {
    const { verdict, failed } = await check({ application_test: sample('application_test', 10, { SK_ID_CURR: '996 + i' }) });
    expect(verdict).toBe('passed');
    expect(only(failed)).toMatchObject({
      rule: 'train and test apart',
      severity: 'warning',
      value: 5,
      reason: '5 clients are in application_train as well, the first is 996',
    });
  });
});

describe('orphans', () => {
  test('a table of other clients rejects; a higher limit lets it pass', async () => {
    const bureau = sample('bureau', 500, { SK_ID_CURR: '951 + i', SK_ID_BUREAU: '1 + i' });
    const { verdict, failed } = await check({ bureau });
    expect(verdict).toBe('rejected');
    expect(only(failed)).toMatchObject({
      rule: 'orphans',
      table: 'bureau',
      column: 'SK_ID_CURR',
      severity: 'error',
      value: 0.9,
      limit: 0.2,
    });
    expect((await check({ bureau }, { maxOrphanShare: 0.9 })).verdict).toBe('passed');
  });

  test('surplus rows of clients who are not in the book are a warning', async () => {
    const { verdict, failed } = await check({ bureau: sample('bureau', 4000, { SK_ID_CURR: '1 + i', SK_ID_BUREAU: '1 + i' }) });
    expect(verdict).toBe('passed');
    expect(only(failed)).toMatchObject({ rule: 'orphans', severity: 'warning', value: 0.75 });
  });

  test('loans are counted for known clients only, and not at all without their parent table', async () => {
    const cards = sample('credit_card_balance', 2000, { SK_ID_CURR: '1 + i', SK_ID_PREV: '1 + i' });
    expect((await check({ credit_card_balance: cards })).failed.map(({ column }) => column)).toEqual(['SK_ID_CURR']);
    const { rules } = await check({
      credit_card_balance: cards,
      previous_application: sample('previous_application', 900, { SK_ID_CURR: '1 + i', SK_ID_PREV: '1 + i' }),
    });
    expect(rules).toContainEqual(
      expect.objectContaining({ rule: 'orphans', table: 'credit_card_balance', column: 'SK_ID_PREV', value: 0.1 }),
    );
  });
});

describe('the label', () => {
  test.each([
    ['no defaults', '0', { positives: 0, negatives: 1000 }],
    ['defaults only', '1', { positives: 1000, negatives: 0 }],
  ])('%s is an error with the counts', async (_, target, data) => {
    await expect(check({ application_train: sample('application_train', 1000, { ...TRAIN, TARGET: target }) })).rejects.toMatchObject({
      code: 'DATA_ONE_CLASS',
      data,
    });
  });

  test('too few defaults reject', async () => {
    const { verdict, failed } = await check({}, { minPositives: 101 });
    expect(verdict).toBe('rejected');
    expect(only(failed)).toMatchObject({
      rule: 'enough labels',
      value: 100,
      limit: 101,
      reason: '100 defaults, at least 101 are needed (params.validate.minPositives)',
    });
  });

  test.each([
    ['a number', { AMT_INCOME_TOTAL: '1000 + i % 10' }],
    ['where it is null', { OWN_CAR_AGE: 'nullif(i % 10, 0)' }],
    ['a category', { OCCUPATION_TYPE: "case when i % 10 = 0 then 'Drivers' else 'Managers' end" }],
  ])('given away by %s rejects', async (_, leak) => {
    const { verdict, failed } = await check({ application_train: sample('application_train', 1000, { ...TRAIN, ...leak }) });
    expect(verdict).toBe('rejected');
    expect(only(failed)).toMatchObject({ rule: 'label leak', column: Object.keys(leak)[0], severity: 'error', value: 1, limit: 0.9 });
  });

  test('a category of one row each is no leak', async () => {
    const { failed } = await check({
      application_train: sample('application_train', 1000, { ...TRAIN, ORGANIZATION_TYPE: "'org ' || i" }),
    });
    expect(failed.map(({ rule }) => rule)).toEqual(['levels']);
  });
});
