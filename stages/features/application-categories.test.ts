import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { familyCatalogue } from './catalogue/all-features.ts';
import { familyQueries, preparation } from './feature-queries.ts';
import { makeRawTables } from './testing/raw-tables.ts';

/** Raw columns that the family is made of, by their place in its catalogue. */
const rawColumn = (formula: string): string => / of (\w+) /.exec(formula)?.[1] ?? '';

test('a category is its place among the levels that the raw table declares; what is none of them is null', async () => {
  const entries = familyCatalogue.application_categories;
  const longest = Math.max(...entries.map(({ levels }) => levels?.length ?? 0));
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
  // One client for each level, the lists side by side; then one of an unheard-of level each.
  const clients = Array.from({ length: longest + 1 }, (_, at) => ({
    SK_ID_CURR: at + 1,
    TARGET: 0,
    ...Object.fromEntries(
      entries.map(({ formula, levels }) => [rawColumn(formula), levels?.[at] ?? (at === longest ? 'Astronaut' : 'XNA')]),
    ),
  }));
  await makeRawTables(db, { application_train: clients });
  for (const statement of preparation) await db.run(statement);
  const rows = await db.all<Record<string, number | null>>(`${familyQueries.application_categories} order by SK_ID_CURR`);
  expect(Object.keys(rows[0] ?? {})).toEqual(['SK_ID_CURR', ...entries.map(({ name }) => name)]);
  for (const { name, levels = [] } of entries) {
    expect(levels.length).toBeGreaterThan(4);
    expect(rows.map((row) => row[name])).toEqual(clients.map((_, at) => (at < levels.length ? at : null)));
  }
});
