import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { perTable } from '../../stages/tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';
import { writeRejects } from '../../stages/ingest/write-rejects.ts';
import { ApplicantBook, writeApplicantBook } from './applicant-book.ts';
import { rawColumns, type RawRows } from '../../stages/features/raw-columns.ts';
import { CLIENTS, makeRandomBook } from '../../stages/features/testing/random-book.ts';
import { rowsOfClient } from '../../stages/features/testing/rows-of-client.ts';

/** A client has no order of rows. */
const sorted = (rows: RawRows, name: TableName): readonly string[] => (rows[name] ?? []).map((row) => JSON.stringify(row)).toSorted();

test('a book gives each client the rows of all eight tables, and nobody rows of another', async () => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  await makeRandomBook(db);
  const folder = await mkdtemp(join(tmpdir(), 'sluice-book-'));
  const source = await mkdtemp(join(tmpdir(), 'sluice-raw-'));
  const paths = perTable((name) => join(source, `${name}.parquet`));
  for (const name of TABLE_NAMES) await db.copyToParquet(`from ${name}`, paths[name]);
  using views = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  for (const name of TABLE_NAMES) await views.view(name, paths[name]);
  await writeApplicantBook(views, paths, folder);
  const book = new ApplicantBook(folder);
  for (const client of [1, 3, 50, CLIENTS]) {
    const [found, expected] = [book.rows(client), await rowsOfClient(db, client)];
    for (const name of TABLE_NAMES) expect([client, name, ...sorted(found, name)]).toEqual([client, name, ...sorted(expected, name)]);
  }
  expect(Object.values(book.rows(CLIENTS + 1)).flat()).toEqual([]);
  expect(Object.values(book.rows(0)).flat()).toEqual([]);
});

test('numbers that JSON has no word for come back as they were, and so do texts that look like them', async () => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
  const source = await mkdtemp(join(tmpdir(), 'sluice-raw-'));
  const paths = perTable((name) => join(source, `${name}.parquet`));
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, 0.1 + 0.2];
  for (const name of TABLE_NAMES) await db.createTable(name, rawColumns(name, []));
  await db.append('application_train', rawColumns('application_train', [{ SK_ID_CURR: 7, AMT_CREDIT: 1, ORGANIZATION_TYPE: 'nan "é\n' }]));
  for (const [at, value] of odd.entries())
    await db.run(
      `insert into bureau by name select 7 as SK_ID_CURR, ${at} as SK_ID_BUREAU, '${String(value).replace(/^0$/, '-0')}'::double as AMT_ANNUITY`,
    );
  for (const name of TABLE_NAMES) await db.copyToParquet(`from ${name}`, paths[name]);
  const folder = await mkdtemp(join(tmpdir(), 'sluice-book-'));
  using views = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
  for (const name of TABLE_NAMES) await views.view(name, paths[name]);
  const rejects = join(source, 'rejects.parquet');
  const reject = { file: 'b.csv', line: 2, column: null, value: null, reason: 'has 3 fields', table: 'bureau' } as const;
  await writeRejects(
    db,
    [
      { ...reject, client: 7 },
      { ...reject, client: null },
      { ...reject, client: 7 },
      { ...reject, client: 8 },
      // Who has no form is not in the book: nobody of it is told.
      { ...reject, table: 'application_train', client: null },
    ],
    rejects,
  );
  await writeApplicantBook(views, paths, folder, { rejects });
  const book = new ApplicantBook(folder);
  expect([7, 8, 9].map((client) => book.setAside(client))).toEqual([{ bureau: 2 }, { bureau: 1 }, {}]);
  const places = Array.from({ length: 3 }, () => 'b.csv:2: the row has 3 fields');
  expect(book.rejected).toMatchObject({ rows: 5, places, unclaimed: { bureau: 1 } });
  // As ingest wrote them before it told whose they are.
  await db.copyToParquet('select * exclude ("table", client) from rejects', rejects);
  await writeApplicantBook(views, paths, folder, { rejects });
  expect(new ApplicantBook(folder).rejected).toEqual({ rows: 5, places, byClient: {}, unclaimed: {} });
  const { application_train: [form] = [], bureau = [] } = book.rows(7);
  expect(form?.['ORGANIZATION_TYPE']).toBe('nan "é\n');
  expect(bureau.map((row) => row['AMT_ANNUITY'])).toEqual(odd);
  expect(Object.is(bureau[3]?.['AMT_ANNUITY'], -0)).toBe(true);
});
