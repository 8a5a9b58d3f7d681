import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jsonArtifact, runBody, tableArtifact } from '../../../pipeline/testing/run-body.ts';
import { TABLE_NAMES, type TableName } from '../../tables/table-names.ts';
import { tables } from '../../tables/tables.ts';
import run from '../run.ts';
import { contractResult, validate } from '../stage.ts';
import { contractSource } from './contract-source.ts';
import { contractTable, readContract } from './read-contract.ts';

const empty = Object.fromEntries(
  await Promise.all(
    TABLE_NAMES.map(async (name) => {
      const columns = Object.entries(tables[name].columns).map(([column, { type }]) => `null::${type} "${column}"`);
      return [name, await tableArtifact(`select ${columns.join(', ')} limit 0`)] as const;
    }),
  ),
);
const train = Object.entries(tables.application_train.columns).map(([column, { type, levels, max, min }]) => {
  const values: Readonly<Record<string, string>> = { SK_ID_CURR: '1 + i', TARGET: 'i % 2', OWN_CAR_AGE: 'nullif(i % 4, 0)' };
  return `cast(${values[column] ?? (levels === undefined ? String(max ?? min ?? 1) : `'${levels[0] ?? ''}'`)} as ${type}) "${column}"`;
});

async function contractFolder(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-contract-'));
  await writeFile(join(folder, 'home-credit.yaml'), text);
  return folder;
}

/** Runs validate on 200 applicants and nothing else, by a contract of these lines. */
async function judge(text: string) {
  const present = (name: TableName): boolean => name === 'application_train';
  const summary = {
    source: 'csv',
    tables: TABLE_NAMES.map((name) => ({ name, present: present(name), rows: present(name) ? 200 : 0, rejected: 0 })),
  };
  const inputs = { ...empty, application_train: await tableArtifact(`select ${train.join(', ')} from range(200) t(i)`) };
  const done = await runBody(validate, run, {
    inputs: { ...inputs, summary: await jsonArtifact(summary), contract: await contractFolder(text) },
  });
  const { verdict, rules } = contractResult.parse(JSON.parse(await readFile(done.outputs.contract, 'utf8')));
  return {
    verdict,
    rules,
    failed: rules.filter(({ passed }) => !passed),
    page: await readFile(done.outputs.page, 'utf8'),
    reads: done.reads,
  };
}

const HEAD = 'version: 1\nlabel: { table: application_train, column: TARGET, minEachClass: 50, leakAuc: 1 }\n';
const lines = (...columns: string[]): string =>
  `${HEAD}tables:\n  application_train:\n    columns:\n${columns.map((line) => `      ${line}\n`).join('')}`;

describe('the contract of Home Credit', () => {
  const contract = readContract(
    { folder: 'configs/contracts', files: { 'home-credit.yaml': 'configs/contracts/home-credit.yaml' }, digest: '' },
    TABLE_NAMES,
  );

  test.each(TABLE_NAMES)('promises of %s what stages/tables declares', (name) => {
    const promised = contractTable(contract, name);
    const { columns, key, parents } = tables[name];
    expect(promised?.key).toEqual(key);
    expect(promised?.parents).toEqual(parents);
    const declared = Object.entries(columns).map(([column, { strict: _strict, nullable, ...rest }]) => [
      column,
      { ...rest, nulls: nullable ? 'any' : 0 },
    ]);
    expect(Object.entries(promised?.columns ?? {})).toEqual(declared);
  });
});

describe('a contract that an owner changed', () => {
  test('a limit on nulls, a category, a range, a severity', async () => {
    const text = lines(
      'OWN_CAR_AGE: { type: DOUBLE, nulls: 0.2, max: 2, severity: error }',
      'CODE_GENDER: { type: VARCHAR, levels: [M] }',
      'AMT_CREDIT: { type: DOUBLE }',
    );
    const { verdict, failed, page } = await judge(text);
    expect(verdict).toBe('rejected');
    // Of 200 rows a quarter is null, and a quarter is 3.
    expect(failed).toMatchObject([
      {
        rule: 'nulls',
        column: 'OWN_CAR_AGE',
        severity: 'error',
        value: 50,
        limit: 40,
        reason: '50 rows (25%) are null, at most 20% may be',
      },
      { rule: 'range', column: 'OWN_CAR_AGE', severity: 'error', value: 50, reason: '50 rows (25%) are not in -∞ to 2' },
      { rule: 'levels', column: 'CODE_GENDER', severity: 'warning', reason: 'unknown category: "F" (200 rows)' },
    ]);
    expect(page).toContain('The data break the contract: 2 checks failed.');
    expect(page).toContain('unknown category: &quot;F&quot; (200 rows)');
    expect(page).not.toMatch(/<script|https?:\/\//);
  });

  test('a rule that is off is not looked at; only what is promised is checked', async () => {
    const { verdict, rules } = await judge(
      `${lines('TARGET: { type: TINYINT }')}severity: { nulls: off, leak: off, types: warning, duplicates: off }\n`,
    );
    expect(verdict).toBe('passed');
    expect(rules.map(({ rule }) => rule)).toEqual(['types', 'range', 'enough labels', 'enough labels']);
  });

  test('freshness tells a delivery that has stopped', async () => {
    const { failed } = await judge(
      lines('DAYS_BIRTH: { type: INTEGER }').replace('    columns', '    freshness: { column: DAYS_BIRTH, atLeast: 1 }\n    columns'),
    );
    expect(failed).toMatchObject([
      { rule: 'freshness', value: 0, limit: 1, severity: 'warning', reason: 'the newest DAYS_BIRTH is 0, at least 1 is expected' },
    ]);
  });

  test('a promised column that ingest does not write is an error of types, not a crash', async () => {
    const { failed } = await judge(lines('AMT_CREDITS: { type: DOUBLE, min: 0 }', 'AMT_CREDIT: { type: INTEGER }'));
    expect(failed).toMatchObject([
      { rule: 'types', value: 2, reason: 'AMT_CREDITS is missing instead of DOUBLE, AMT_CREDIT is DOUBLE instead of INTEGER' },
    ]);
  });

  test('the file counts by its content, not by its place', async () => {
    expect((await judge(lines('TARGET: { type: TINYINT }'))).reads.filter((key) => key.startsWith('contract'))).toEqual([]);
    const config = { contract: { file: '/somewhere/mine.yaml' } };
    expect(contractSource.locate(config)).toBe('/somewhere');
    expect(['mine.yaml', 'home-credit.yaml'].filter((name) => contractSource.include(name, config))).toEqual(['mine.yaml']);
  });
});

describe('a mistake in the contract is named with its line', () => {
  test.each([
    [
      'a key that is none',
      lines('TARGET: { type: TINYINT, maxx: 1 }'),
      'CONFIG_UNKNOWN_KEY',
      '"tables.application_train.columns.TARGET.maxx" is not a config key. Did you mean "max"?',
      6,
    ],
    [
      'a type that is none',
      lines('TARGET: { type: INT }'),
      'CONFIG_VALUE',
      expect.stringContaining('tables.application_train.columns.TARGET.type is "INT"; allowed: '),
      6,
    ],
    [
      'a share above one',
      lines('A: { type: DOUBLE, nulls: 20 }'),
      'CONFIG_VALUE',
      expect.stringContaining('tables.application_train.columns.A.nulls is 20'),
      6,
    ],
    [
      'a column that is not there',
      lines('A: { type: DOUBLE }').replace('    columns', '    key: [B]\n    columns'),
      'CONFIG_VALUE',
      'tables.application_train.key.0 is "B"; "B" is none of the table’s columns.',
      5,
    ],
    ['no YAML', `${HEAD}tables: {\n`, 'CONFIG_SYNTAX', expect.any(String), 4],
  ])('%s', async (...[, text, code, message, line]) => {
    await expect(judge(text)).rejects.toMatchObject({ code, message, at: { line } });
  });

  test('a table that ingest does not make, and no file', async () => {
    await expect(judge(`${HEAD}tables:\n  burau: { columns: {} }\n`)).rejects.toMatchObject({
      code: 'CONFIG_VALUE',
      message: expect.stringContaining('a table "burau" that ingest does not make. Did you mean "bureau"?'),
    });
    expect(() => readContract({ folder: '/nowhere', files: {}, digest: '' }, TABLE_NAMES)).toThrow('the data contract is not in /nowhere');
  });
});
