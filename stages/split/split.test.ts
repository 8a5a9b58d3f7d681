import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DuckDb } from '../../pipeline/index.ts';
import { runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import run from './run.ts';
import { split } from './stage.ts';

interface Client {
  readonly id: number;
  readonly target: 0 | 1;
}
interface Row {
  readonly SK_ID_CURR: number;
  readonly TARGET: number;
  readonly fold: number;
}

async function featureTable(clients: readonly Client[]): Promise<string> {
  const values = clients.map(({ id, target }) => `(${id}, ${target})`).join(', ');
  return tableArtifact(
    `select id::integer as SK_ID_CURR, target::tinyint as TARGET, 'train' as part, (id % 7)::float as x from (values ${values}) c(id, target)
     union all by name select 1000000 + i::integer as SK_ID_CURR, 'test' as part from range(5) r(i)`,
  );
}

async function rows(path: string, order = ''): Promise<Row[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
  return await db.all<Row & Record<string, unknown>>(`select * from read_parquet($path) ${order}`, { path });
}

async function deal(
  clients: readonly Client[],
  params: { folds?: number; holdoutShare?: number; seed?: number; foldSeed?: number } = {},
  threads = 2,
) {
  const { outputs } = await runBody(split, run, { inputs: { table: await featureTable(clients) }, params, threads });
  return { outputs, folds: await rows(outputs.folds), development: await rows(outputs.development), holdout: await rows(outputs.holdout) };
}

const book = (count: number, every: number): Client[] =>
  Array.from({ length: count }, (_, i) => ({ id: 100_002 + i, target: i % every === 0 ? 1 : 0 }));
const foldOf = (folds: readonly Row[]): ReadonlyMap<number, number> => new Map(folds.map((row) => [row.SK_ID_CURR, row.fold]));

const someClients = fc
  .uniqueArray(fc.integer({ min: 1, max: 900_000 }), { minLength: 40, maxLength: 160 })
  .chain((ids) =>
    fc
      .array(fc.boolean(), { minLength: ids.length, maxLength: ids.length })
      .map((labels) => ids.map((id, i): Client => ({ id, target: i < 12 || labels[i] === true ? 1 : 0 }))),
  )
  .map((clients) => clients.map((client, i): Client => (i >= 12 && i < 24 ? { ...client, target: 0 } : client)));

test('every labelled client is in one fold or in the holdout, stratified to within one client of a class', async () => {
  await fc.assert(
    fc.asyncProperty(someClients, fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 2 ** 31 }), async (clients, folds, seed) => {
      const dealt = await deal(clients, { folds, seed, holdoutShare: 0.25 });
      expect(dealt.folds.map((row) => row.SK_ID_CURR)).toEqual(clients.map(({ id }) => id).toSorted((a, b) => a - b));
      for (const target of [0, 1]) {
        const members = new Set(clients.filter((client) => client.target === target).map(({ id }) => id));
        const sizes = Array.from(
          { length: folds + 1 },
          (_, i) => dealt.folds.filter((row) => row.fold === i - 1 && members.has(row.SK_ID_CURR)).length,
        );
        expect(sizes[0]).toBe(Math.max(1, Math.round(members.size * 0.25)));
        expect(Math.max(...sizes.slice(1)) - Math.min(...sizes.slice(1))).toBeLessThanOrEqual(1);
      }
      const totals = Array.from({ length: folds }, (_, fold) => dealt.folds.filter((row) => row.fold === fold).length);
      expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 8 },
  );
});

test('the assignment does not depend on the order of rows nor on threads, down to the bytes', async () => {
  const clients = book(500, 9);
  const shuffled = clients.toSorted((a, b) => ((a.id * 7919) % 503) - ((b.id * 7919) % 503));
  const [one, other] = [await deal(clients, {}, 1), await deal(shuffled, {}, 2)];
  for (const port of ['folds', 'development', 'holdout'] as const)
    expect((await readFile(one.outputs[port])).equals(await readFile(other.outputs[port]))).toBe(true);
});

test('another seed deals differently, the same seed alike', async () => {
  const clients = book(300, 5);
  const [a, b, c] = [await deal(clients, { seed: 1 }), await deal(clients, { seed: 2 }), await deal(clients, { seed: 1 })];
  expect(a.folds).toEqual(c.folds);
  const before = foldOf(a.folds);
  const moved = b.folds.filter((row) => before.get(row.SK_ID_CURR) !== row.fold).length;
  // By chance 1 − (0.2² + 5 · 0.16²) = 83 % move.
  expect(moved / clients.length).toBeGreaterThan(0.7);
});

test('another foldSeed deals other folds and leaves the holdout as it is, down to the bytes', async () => {
  const clients = book(300, 5);
  const [a, b] = [await deal(clients, { seed: 1 }), await deal(clients, { seed: 1, foldSeed: 2 })];
  expect((await readFile(a.outputs.holdout)).equals(await readFile(b.outputs.holdout))).toBe(true);
  const before = foldOf(a.folds);
  const moved = b.folds.filter(({ SK_ID_CURR, fold }) => fold >= 0 && before.get(SK_ID_CURR) !== fold).length;
  // Of 240 clients in five folds, four in five move by chance.
  expect(moved / 240).toBeGreaterThan(0.7);
});

test('development and holdout are disjoint, keep their features and are sorted; test rows are in neither', async () => {
  const { development, holdout, folds } = await deal(book(200, 8));
  const seen = [...development, ...holdout].map((row) => row.SK_ID_CURR);
  expect(new Set(seen).size).toBe(200);
  expect(Math.max(...seen)).toBeLessThan(1_000_000);
  expect(holdout).toHaveLength(40);
  expect(Object.keys(development[0] ?? {})).toEqual(['SK_ID_CURR', 'TARGET', 'part', 'x', 'fold']);
  expect(Object.keys(holdout[0] ?? {})).toEqual(['SK_ID_CURR', 'TARGET', 'part', 'x']);
  for (const table of [development, holdout, folds])
    expect(table.map((row) => row.SK_ID_CURR)).toEqual(table.map((row) => row.SK_ID_CURR).toSorted((a, b) => a - b));
  const assigned = foldOf(folds);
  for (const row of development) expect(assigned.get(row.SK_ID_CURR)).toBe(row.fold);
});

test('the order is that of md5("seed:client"), computed here without DuckDB', async () => {
  const clients = book(60, 4);
  const order = (target: number): number[] =>
    clients
      .filter((client) => client.target === target)
      .map(({ id }) => ({ id, hash: createHash('md5').update(`7:${id}`).digest('hex') }))
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
      .map(({ id }) => id);
  const expected = new Map<number, number>();
  let turn = 0;
  for (const target of [0, 1])
    for (const [rank, id] of order(target).entries()) expected.set(id, rank < (target === 0 ? 9 : 3) ? -1 : turn++ % 5);
  const { folds } = await deal(clients);
  expect(foldOf(folds)).toEqual(new Map([...expected].toSorted(([a], [b]) => a - b)));
});

test('a class too small for the folds is named with its numbers', async () => {
  const clients = book(100, 20);
  await expect(deal(clients)).rejects.toMatchObject({
    code: 'DATA_TOO_SMALL',
    message: 'TARGET 1 has 5 clients: 1 for the holdout leave 4 for 5 folds, and each fold needs one',
  });
});

test('labels of one class only are refused', async () => {
  await expect(deal(book(50, 1000).map((client): Client => ({ ...client, target: 0 })))).rejects.toMatchObject({ code: 'DATA_ONE_CLASS' });
});
