import { describe, expect, test } from '@jest/globals';
import { numericTable, type NumericTable } from './distinct-table.ts';
import { noiseFloor } from './noise-floor.ts';
import { scoreAny, scoreNumeric } from './drift-tests.ts';

/** A small generator with a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Two samples of one distribution: values 0…distinct − 1 with falling chances. */
function unchanged(random: () => number, distinct: number, rows: readonly [number, number]): NumericTable {
  const draw = (count: number): Float64Array => {
    const counts = new Float64Array(distinct);
    for (let row = 0; row < count; row++) {
      const at = Math.floor(random() * random() * distinct);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts;
  };
  return numericTable(
    Float64Array.from({ length: distinct }, (_, index) => index),
    { reference: draw(rows[0]), current: draw(rows[1]) },
  );
}

describe('noiseFloor', () => {
  test('agrees with the mean distance of 400 unchanged pairs, within a tenth', () => {
    const random = generator(11);
    const pairs = Array.from({ length: 400 }, () => unchanged(random, 15, [1200, 500]));
    const mean = (of: (table: NumericTable) => number): number => pairs.reduce((sum, table) => sum + of(table), 0) / pairs.length;
    const wasserstein = mean((table) => scoreNumeric('wasserstein', table));
    expect(mean((table) => noiseFloor('wasserstein', table, '0.7') ?? 0) / wasserstein).toBeCloseTo(1, 1);
    const jensenShannon = mean((table) => scoreAny('jensenshannon', table, '0.7'));
    expect(mean((table) => noiseFloor('jensenshannon', table, '0.7') ?? 0) / jensenShannon).toBeCloseTo(1, 1);
    expect(pairs.map((table) => noiseFloor('ks', table, '0.7'))[0]).toBeNull();
  });
});
