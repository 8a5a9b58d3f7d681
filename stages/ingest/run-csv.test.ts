import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { tableColumns } from '../tables/table-columns.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { ingestSummary } from './stage.ts';
import { applicants, csvFolder, sampleCsv, sampleRow } from './testing/csv-folder.ts';
import { ingestFiles, ingestFolder, query, warnings } from './testing/ingest-files.ts';

const good = sampleCsv('application_train', applicants(20));

describe('a folder of CSV', () => {
  test('application_train alone is enough: the others become empty tables of the right schema, with a warning', async () => {
    const done = await ingestFiles({ 'application_train.csv': good, 'HomeCredit_columns_description.csv': 'Table,Row\nx,caf\u00e9' });
    const paths: Readonly<Record<string, string>> = done.outputs;
    for (const name of TABLE_NAMES) {
      const described = await query('select column_name, column_type from (describe t)', paths[name] ?? '');
      expect(Object.fromEntries(described.map((row) => [row['column_name'], row['column_type']]))).toEqual(tableColumns(name));
    }
    expect(
      await query('select count(*) n, sum("TARGET")::int positives, min("SK_ID_CURR") lowest from t', done.outputs.application_train),
    ).toEqual([{ n: 20, positives: 2, lowest: 100_002 }]);
    expect(warnings(done)).toEqual([
      expect.stringMatching(
        /has no application_test, bureau, .*, credit_card_balance: the features that need them will be null; without application_test, drift has nothing to compare\.$/,
      ),
    ]);
    const summary = ingestSummary.parse(JSON.parse(await readFile(done.outputs.summary, 'utf8')));
    expect(summary.tables.filter(({ present }) => present)).toEqual([{ name: 'application_train', present: true, rows: 20, rejected: 0 }]);
  });

  test('CRLF, a BOM, quoted line ends, columns in another order and surplus columns are fine', async () => {
    const [header = '', ...rows] = good.trimEnd().split('\n');
    const turned = [
      `extra,${header.split(',').toReversed().join(',')}`,
      ...rows.map((row) => `"a\r\nb",${row.split(',').toReversed().join(',')}`),
    ];
    const done = await ingestFiles({ 'application_train.csv': `\ufeff${turned.join('\r\n')}\r\n` });
    const plain = await ingestFiles({ 'application_train.csv': good });
    expect(await readFile(done.outputs.application_train)).toEqual(await readFile(plain.outputs.application_train));
    expect(warnings(done)[1]).toBe('application_train.csv: ignoring 1 column(s) that application_train does not have: extra');
  });

  test('line ends of both kinds in one file are fine, with a warning where DuckDB stumbles over them', async () => {
    const unix = sampleCsv(
      'application_train',
      applicants(20).map((cells) => ({ ...cells, EMERGENCYSTATE_MODE: 'a, b', AMT_REQ_CREDIT_BUREAU_YEAR: '"1"' })),
    );
    const mixed = unix
      .split('\n')
      .map((line, index) => (index > 3 && line !== '' ? `${line}\r` : line))
      .join('\n');
    const done = await ingestFiles({ 'application_train.csv': mixed });
    const plain = await ingestFiles({ 'application_train.csv': unix });
    expect(await readFile(done.outputs.application_train)).toEqual(await readFile(plain.outputs.application_train));
    expect(warnings(done)).toContainEqual(expect.stringMatching(/^application_train\.csv: read from a tidied copy/));
  });

  test('rows come out sorted by client, the same bytes whatever the order of the input and the threads', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({
      SK_ID_PREV: 1_000_000 + (i % 7),
      SK_ID_CURR: 200_000 - (i % 11),
      MONTHS_BALANCE: -(i % 3),
      SK_DPD: i % 13,
    }));
    const one = await ingestFiles({ 'application_train.csv': good, 'POS_CASH_balance.csv': sampleCsv('POS_CASH_balance', rows) });
    const folder = await csvFolder({
      'application_train.csv': good,
      'POS_CASH_balance.csv.gz': gzipSync(sampleCsv('POS_CASH_balance', rows.toReversed())),
    });
    const other = await ingestFolder(folder, {}, 1);
    expect(await readFile(other.outputs.POS_CASH_balance)).toEqual(await readFile(one.outputs.POS_CASH_balance));
    const [sorted] = await query(
      'select bool_and(ok) ok from (select "SK_ID_CURR" >= lag("SK_ID_CURR", 1, 0) over () ok from t)',
      one.outputs.POS_CASH_balance,
    );
    expect(sorted).toEqual({ ok: true });
  });

  test('whole numbers written with decimals are whole numbers', async () => {
    const done = await ingestFiles({
      'application_train.csv': sampleCsv('application_train', [{ SK_ID_CURR: '100002.0', CNT_CHILDREN: '2.0', TARGET: '1.0' }]),
    });
    expect(await query('select "SK_ID_CURR" id, "CNT_CHILDREN" children, "TARGET" y from t', done.outputs.application_train)).toEqual([
      { id: 100_002, children: 2, y: 1 },
    ]);
  });

  test('an alias is read with a warning, and says so when it is partial', async () => {
    const done = await ingestFiles({
      'application_train.csv': good,
      'installments_payments.PARTIAL.csv': sampleCsv('installments_payments', [{}, {}]),
    });
    expect(warnings(done)).toContainEqual(
      expect.stringMatching(/^installments_payments is read from installments_payments\.PARTIAL\.csv .* partial/),
    );
    expect(await query('select count(*) n from t', done.outputs.installments_payments)).toEqual([{ n: 2 }]);
  });
});

describe('bad rows', () => {
  const rows = applicants(100).map((cells, index) =>
    index === 40 ? { ...cells, AMT_CREDIT: 'abc' } : index === 70 ? { ...cells, CNT_CHILDREN: '2.5' } : cells,
  );
  const csv = sampleCsv('application_train', rows);
  const who = (index: number) => ({ table: 'application_train', client: 100_002 + index });

  test('stop the stage by default, naming file, line, column and value', async () => {
    await expect(ingestFiles({ 'application_train.csv': csv })).rejects.toMatchObject({
      code: 'DATA_BAD_VALUE',
      message:
        'application_train.csv:42: column AMT_CREDIT: "abc" is not a number; application_train.csv:72: column CNT_CHILDREN: "2.5" is not a whole number (2% of 100 rows; rejectTolerance is 0)',
      hint: 'Correct the file, or let a share of bad rows be set aside: -S params.ingest.rejectTolerance=0.02',
      at: { line: 42 },
    });
  });

  test('are set aside within the tolerance', async () => {
    const done = await ingestFiles({ 'application_train.csv': csv }, { rejectTolerance: 0.02 });
    expect(await query('select count(*) n from t', done.outputs.application_train)).toEqual([{ n: 98 }]);
    expect(await query('select * from t', done.outputs.rejects)).toEqual([
      { file: 'application_train.csv', line: 42, column: 'AMT_CREDIT', value: 'abc', reason: 'is not a number', ...who(40) },
      { file: 'application_train.csv', line: 72, column: 'CNT_CHILDREN', value: '2.5', reason: 'is not a whole number', ...who(70) },
    ]);
    expect(warnings(done)).toContainEqual('application_train.csv: set 2 bad row(s) aside, 98 are left; see the output "rejects"');
    await expect(ingestFiles({ 'application_train.csv': csv }, { rejectTolerance: 0.019 })).rejects.toMatchObject({
      code: 'DATA_BAD_VALUE',
    });
  });

  test('have the right line after quoted line ends and blank lines, also in a packed file', async () => {
    const lines = sampleCsv('bureau', [{ CREDIT_TYPE: 'a\nb\nc' }, {}, { AMT_ANNUITY: 'x y' }]).replace('\n', '\n\n');
    await expect(ingestFiles({ 'application_train.csv': good, 'bureau.csv.gz': gzipSync(lines) })).rejects.toMatchObject({
      message: expect.stringMatching(/^bureau\.csv\.gz:7: column AMT_ANNUITY: "x y" is not a number/),
    });
    expect(lines.split('\n')[6]).toContain('x y');
  });

  test.each([
    ['text in a numeric column', { EXT_SOURCE_1: 'n/a' }, 'column EXT_SOURCE_1: "n/a" is not a number'],
    ['a number too large for its type', { FLAG_MOBIL: 300 }, 'column FLAG_MOBIL: "300" is not between -128 and 127'],
    ['NaN', { AMT_ANNUITY: 'nan' }, 'column AMT_ANNUITY: "nan" is not a number'],
    ['infinity', { AMT_ANNUITY: '1e999' }, 'column AMT_ANNUITY: "1e999" is not a finite number'],
    ['a label that is neither 0 nor 1', { TARGET: 2 }, 'column TARGET: "2" is not between 0 and 1'],
    ['no label', { TARGET: '' }, 'column TARGET: is empty'],
    ['no client id', { SK_ID_CURR: '' }, 'column SK_ID_CURR: is empty'],
    ['a client id of zero', { SK_ID_CURR: 0 }, 'column SK_ID_CURR: "0" is not between 1 and 2147483647'],
  ])('%s is one', async (_, cells, message) => {
    const bad = sampleCsv('application_train', [...applicants(3), { SK_ID_CURR: 100_900, TARGET: 0, ...cells }]);
    await expect(ingestFiles({ 'application_train.csv': bad })).rejects.toMatchObject({
      code: 'DATA_BAD_VALUE',
      message: expect.stringContaining(`application_train.csv:5: ${message}`),
      at: { line: 5 },
    });
  });

  test('a wrong number of fields is one', async () => {
    await expect(ingestFiles({ 'application_train.csv': `${good}1,2,3\n` })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringContaining('application_train.csv:22: has 3 fields, the header has 122'),
    });
    await expect(ingestFiles({ 'application_train.csv': good.replace(/\n$/, ',9\n') })).rejects.toMatchObject({
      message: expect.stringContaining('application_train.csv:21: has 123 fields'),
    });
  });

  test('Latin-1 bytes are one, with the command that converts', async () => {
    const latin = Buffer.from(
      sampleCsv('application_train', [...applicants(2), { SK_ID_CURR: 7, ORGANIZATION_TYPE: 'Caf\u00e9' }]),
      'latin1',
    );
    await expect(ingestFiles({ 'application_train.csv': latin })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringContaining('application_train.csv:4: column ORGANIZATION_TYPE: "Caf\ufffd" is not UTF-8'),
      hint: expect.stringContaining('iconv -f latin1 -t utf-8'),
    });
  });

  test('categories never seen and numbers out of range pass: validate warns of them', async () => {
    const done = await ingestFiles({
      'application_train.csv': sampleCsv('application_train', [
        { SK_ID_CURR: 1, CODE_GENDER: 'Q\u00e9', EXT_SOURCE_1: 7, AMT_INCOME_TOTAL: 117e6, DAYS_EMPLOYED: 365243 },
      ]),
    });
    expect(await query('select "CODE_GENDER" g, "EXT_SOURCE_1" e from t', done.outputs.application_train)).toEqual([
      { g: 'Q\u00e9', e: 7 },
    ]);
  });
});

describe('broken files', () => {
  test('a quote that is not closed, whatever the tolerance', async () => {
    const open = `${good}${sampleRow('application_train', { SK_ID_CURR: 5, NAME_TYPE_SUITE: 'Family' }).replace('Family', '"Family')}\n${sampleRow('application_train', { SK_ID_CURR: 6 })}\n`;
    for (const rejectTolerance of [0, 0.5]) {
      await expect(ingestFiles({ 'application_train.csv': open }, { rejectTolerance })).rejects.toMatchObject({
        code: 'DATA_MALFORMED',
        message:
          'application_train.csv:22: column NAME_TYPE_SUITE: broken quote (quote never closed) in the value that starts with "Family,Businessman,Academic degree,Civil marriage,Co-op apar"',
      });
    }
  });

  test('a quote that a later quoted value closes', async () => {
    const text = sampleCsv(
      'application_train',
      applicants(9).map((cells) => ({ ...cells, WALLSMATERIAL_MODE: 'Stone, brick' })),
    );
    const broken = text.split('\n').map((line, index) => (index === 4 ? line.replace('brick"', 'brick') : line));
    await expect(ingestFiles({ 'application_train.csv': broken.join('\n') })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringMatching(
        /^application_train\.csv:5: column WALLSMATERIAL_MODE: broken quote \(text after the closing quote\) in the value that starts with "Stone, brick/,
      ),
    });
  });

  test('a truncated and a damaged .gz', async () => {
    const packed = gzipSync(sampleCsv('application_train', applicants(2000)));
    await expect(ingestFiles({ 'application_train.csv.gz': packed.subarray(0, packed.length / 2) })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: 'application_train.csv.gz cannot be unpacked: it is truncated',
    });
    await expect(ingestFiles({ 'application_train.csv.gz': packed.subarray(0, packed.length - 4) })).rejects.toMatchObject({
      message: 'application_train.csv.gz cannot be unpacked: it is truncated',
    });
    const damaged = Buffer.from(packed);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) ^ 0xff;
    await expect(ingestFiles({ 'application_train.csv.gz': damaged })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringContaining('it is damaged (incorrect data check)'),
    });
  });

  test('an empty file, and one with a header only', async () => {
    await expect(ingestFiles({ 'application_train.csv': '' })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: 'application_train.csv is empty: it has not even a header',
    });
    await expect(ingestFiles({ 'application_train.csv': sampleCsv('application_train', []) })).rejects.toMatchObject({
      code: 'DATA_TOO_SMALL',
      message: 'application_train.csv has a header and no rows',
    });
    const done = await ingestFiles({ 'application_train.csv': good, 'bureau.csv': sampleCsv('bureau', []) });
    expect(warnings(done)).toContainEqual('bureau.csv has a header and no rows: what it feeds will be null.');
  });

  test('UTF-16', async () => {
    await expect(ingestFiles({ 'application_train.csv': Buffer.from(`\ufeff${good}`, 'utf16le') })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      hint: expect.stringContaining('UTF-8'),
    });
  });

  test('a missing column, with the nearest header', async () => {
    await expect(ingestFiles({ 'application_train.csv': good.replace('EXT_SOURCE_2', 'EXT_SORCE_2') })).rejects.toMatchObject({
      code: 'DATA_MISSING_COLUMN',
      message: 'application_train.csv: column "EXT_SOURCE_2" is missing. Did you mean "EXT_SORCE_2"?',
    });
    await expect(ingestFiles({ 'application_train.csv': good.replaceAll(',', ';') })).rejects.toMatchObject({
      code: 'DATA_MISSING_COLUMN',
      hint: expect.stringContaining('instead of ";"'),
    });
    await expect(ingestFiles({ 'application_train.csv': good.replace('EXT_SOURCE_2', 'EXT_SOURCE_1') })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringContaining('"EXT_SOURCE_1" stands twice in the header, at places 42 and 43'),
    });
  });

  test('a client who stands twice', async () => {
    const twice = sampleCsv('application_train', [...applicants(30), { SK_ID_CURR: 100_005, TARGET: 1 }]);
    await expect(ingestFiles({ 'application_train.csv.gz': gzipSync(twice) })).rejects.toMatchObject({
      code: 'DATA_DUPLICATE_KEY',
      message: 'application_train.csv.gz: SK_ID_CURR 100005 stands on lines 5 and 32',
    });
  });
});

describe('a folder that will not do', () => {
  test('is missing, is a file, is not named', async () => {
    const folder = await csvFolder({ 'application_train.csv': good });
    const { findFiles } = await import('./find-files.ts');
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const find = (dir: string | null) => findFiles(dir, { kind: 'csv', aliases: {}, log });
    await expect(find(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'SOURCE_MISSING',
      message: expect.stringContaining('nowhere (source.dir) does not exist'),
    });
    await expect(find(join(folder, 'application_train.csv'))).rejects.toMatchObject({
      code: 'SOURCE_MISSING',
      message: expect.stringContaining('is not a folder'),
    });
    await expect(find(null)).rejects.toMatchObject({ code: 'SOURCE_MISSING', message: 'source.kind is csv and source.dir is not set' });
  });

  test('has no application_train: what was looked for, what is there, the nearest name', async () => {
    await expect(ingestFiles({ 'aplication_train.csv': good, 'bureau.csv': 'x' })).rejects.toMatchObject({
      code: 'DATA_MISSING_TABLE',
      message: expect.stringMatching(
        /has no application_train\.csv or application_train\.csv\.gz: it has aplication_train\.csv, bureau\.csv\. Did you mean "aplication_train\.csv"\?$/,
      ),
    });
    const empty = join(await csvFolder({}), 'empty');
    await mkdir(empty);
    await expect(ingestFolder(empty)).rejects.toMatchObject({
      code: 'DATA_MISSING_TABLE',
      message: expect.stringContaining('it is empty'),
    });
    await expect(ingestFiles({ 'application_train.parquet': 'x' })).rejects.toMatchObject({
      hint: 'It has the table as parquet: -S source.kind=parquet',
    });
  });

  test('names the nearest file of a table that is missing', async () => {
    const done = await ingestFiles({ 'application_train.csv': good, 'bureau_balence.csv': 'x' });
    expect(warnings(done)[0]).toMatch(/ Did you mean "bureau_balence\.csv"\?$/);
  });

  test('holds a table still packed, or a folder with the name of a file', async () => {
    const done = await ingestFiles({ 'application_train.csv': good, 'bureau.csv.7z': 'x' });
    expect(warnings(done)[0]).toMatch(/ Unpack bureau\.csv\.7z first if it should be read\.$/);
    await expect(ingestFiles({ 'application_train.csv.7z': 'x' })).rejects.toMatchObject({
      code: 'DATA_MISSING_TABLE',
      hint: 'Unpack application_train.csv.7z first.',
    });
    const folder = await csvFolder({ 'application_train.csv': good });
    await mkdir(join(folder, 'bureau.csv'));
    await expect(ingestFolder(folder)).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: 'bureau.csv is a folder and not a file',
      hint: expect.stringContaining('if the source has no bureau'),
    });
  });

  test('holds a plain file that is called .gz: read without a word', async () => {
    const done = await ingestFiles({ 'application_train.csv.gz': good });
    expect(await query('select count(*) n from t', done.outputs.application_train)).toEqual([{ n: 20 }]);
    expect(warnings(done)).toHaveLength(1);
  });

  test('has two files of one table', async () => {
    await expect(ingestFiles({ 'application_train.csv': good, 'application_train.csv.gz': gzipSync(good) })).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringContaining('has 2 files for application_train: application_train.csv, application_train.csv.gz'),
    });
  });
});
