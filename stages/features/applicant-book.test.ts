import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { perTable } from '../tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { ApplicantBook, writeApplicantBook } from './applicant-book.ts';
import type { RawRows } from './raw-columns.ts';
import { CLIENTS, makeRandomBook } from './testing/random-book.ts';
import { rowsOfClient } from './testing/rows-of-client.ts';

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
  using book = await ApplicantBook.open(folder, { tempDir: tmpdir() });
  const clients = [1, 3, 50, CLIENTS];
  // Once in turn, so that the second asks by the first one's plans, and once all at the same time.
  const inTurn: RawRows[] = [];
  for (const client of clients) inTurn.push(await book.rows(client));
  const atOnce = await Promise.all(clients.map((client) => book.rows(client)));
  for (const [at, client] of [...clients, ...clients].entries()) {
    const [found, expected] = [[...inTurn, ...atOnce][at] ?? {}, await rowsOfClient(db, client)];
    for (const name of TABLE_NAMES) expect([client, name, ...sorted(found, name)]).toEqual([client, name, ...sorted(expected, name)]);
  }
  expect(Object.values(await book.rows(CLIENTS + 1)).flat()).toEqual([]);
});
