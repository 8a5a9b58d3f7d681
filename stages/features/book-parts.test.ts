import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { evenParts } from './book-parts.ts';

/** Clients 10, 20, …, the odd ones of them labelled, in no order. */
async function book(clients: number): Promise<DuckDb> {
  const db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
  for (const [name, odd] of [
    ['application_train', 1],
    ['application_test', 0],
  ] as const)
    await db.run(
      `create table ${name} as select (10 * i)::integer as SK_ID_CURR from range(1, ${clients + 1}) t(i) where i % 2 = ${odd} order by hash(i)`,
    );
  return db;
}

test('a book is cut into an even number of parts of one size, each no larger than asked for, with no client left out', async () => {
  for (const [clients, atOnce, parts] of [
    [11, 4, 4],
    [12, 4, 4],
    [1000, 40, 26],
  ] as const) {
    using db = await book(clients);
    const cut = await evenParts(db, atOnce);
    expect(cut).toHaveLength(parts);
    expect(cut.map(({ to }) => to)).toEqual([...cut.slice(1).map(({ from }) => from), null]);
    const sizes = cut.map(({ from, to }) => ((to ?? 10 * (clients + 1)) - from) / 10);
    expect([cut[0]?.from, sizes.reduce((a, b) => a + b, 0)]).toEqual([10, clients]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(atOnce);
  }
});

test('a small book stays whole, and one of nobody has no part', async () => {
  using small = await book(4);
  expect(await evenParts(small, 4)).toEqual([{ from: 10, to: null }]);
  using empty = await book(0);
  expect(await evenParts(empty, 4)).toEqual([]);
});
