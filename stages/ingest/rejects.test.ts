import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { tableColumns } from '../tables/table-columns.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { ingestSummary } from './stage.ts';
import { applicants, sampleCsv, sampleRow } from './testing/csv-folder.ts';
import { ingestFiles, query, warnings } from './testing/ingest-files.ts';

const good = sampleCsv('application_train', applicants(20));

describe('bad rows', () => {
  test('say whose they are, where that can be read', async () => {
    const [, ...lines] = sampleCsv('bureau', [
      { SK_ID_CURR: 100_003, SK_ID_BUREAU: 'x' },
      { SK_ID_CURR: 'x' },
      { SK_ID_CURR: '100004.0', DAYS_CREDIT: 'x' },
      {},
    ])
      .trimEnd()
      .split('\n');
    const header = sampleCsv('bureau', []).trimEnd();
    const bureau = [header, ...lines, `${lines[0]},1`].join('\n');
    const done = await ingestFiles({ 'application_train.csv': good, 'bureau.csv': bureau }, { rejectTolerance: 0.9 });
    expect(await query('select line, "table", client from t', done.outputs.rejects)).toEqual([
      { line: 2, table: 'bureau', client: 100_003 },
      { line: 3, table: 'bureau', client: null },
      { line: 4, table: 'bureau', client: 100_004 },
      // A field too many: what stands in the place of the id may be anything.
      { line: 6, table: 'bureau', client: null },
    ]);
  });

  test('of bureau_balance are those of whose loan it is, also where the loan itself could not be read', async () => {
    const bureau = sampleCsv('bureau', [
      { SK_ID_CURR: 100_003, SK_ID_BUREAU: 501 },
      { SK_ID_CURR: 100_004, SK_ID_BUREAU: 502, DAYS_CREDIT: 'x' },
      { SK_ID_CURR: 100_005, SK_ID_BUREAU: 503 },
      // Given to two: nobody's.
      { SK_ID_CURR: 100_006, SK_ID_BUREAU: 503, DAYS_CREDIT: 'x' },
    ]);
    const month = (loan: number | string): string => sampleRow('bureau_balance', { SK_ID_BUREAU: loan, MONTHS_BALANCE: 'x' });
    const months = [501, '502.0', 503, 504, 'x', 501].map(month);
    const balance = [
      ...sampleCsv('bureau_balance', [{ SK_ID_BUREAU: 501 }])
        .trimEnd()
        .split('\n'),
      ...months,
      '501,-1',
      '501,-1,0,',
    ];
    const files = { 'application_train.csv': good, 'bureau.csv': bureau, 'bureau_balance.csv': balance.join('\n') };
    const done = await ingestFiles(files, { rejectTolerance: 0.9 });
    expect(await query(`select line, client from t where "table" = 'bureau_balance'`, done.outputs.rejects)).toEqual([
      { line: 3, client: 100_003 },
      { line: 4, client: 100_004 },
      { line: 5, client: null },
      { line: 6, client: null },
      { line: 7, client: null },
      { line: 8, client: 100_003 },
      { line: 9, client: null },
      { line: 10, client: null },
    ]);
    const summary = ingestSummary.parse(JSON.parse(await readFile(done.outputs.summary, 'utf8')));
    expect(summary.tables.filter(({ rejected }) => rejected > 0).map(({ name, rejected }) => [name, rejected])).toEqual([
      ['bureau', 2],
      ['bureau_balance', 8],
    ]);
  });

  test.each(TABLE_NAMES)('with a wrong number of fields are counted and told in %s', async (name) => {
    const rows = name === 'application_train' ? applicants(4) : [{ SK_ID_CURR: 100_900 }];
    const text = `${sampleCsv(name, rows)}1\n`;
    const done = await ingestFiles({ 'application_train.csv': good, [`${name}.csv`]: text }, { rejectTolerance: 0.5 });
    const line = rows.length + 2;
    const reason = `has 1 field, the header has ${Object.keys(tableColumns(name)).length}`;
    expect(await query('select "table", line, "column", reason, client from t', done.outputs.rejects)).toEqual([
      { table: name, line, column: null, reason, client: null },
    ]);
    const summary = ingestSummary.parse(JSON.parse(await readFile(done.outputs.summary, 'utf8')));
    expect(summary.tables.find((table) => table.name === name)).toMatchObject({ rows: rows.length, rejected: 1 });
    expect(warnings(done)).toContainEqual(`${name}.csv: set 1 bad row(s) aside, ${rows.length} are left; see the output "rejects"`);
  });
});
