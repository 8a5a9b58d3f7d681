import { expect, test } from '@jest/globals';
import { psiBins } from '../maths/banking-psi.ts';
import { type DistinctTable, levelTable, numericTable } from '../maths/distinct-table.ts';
import { NumberBuffers } from '../scan/number-buffers.ts';
import { mergeSorted } from '../scan/merge-sorted.ts';
import { columnMeasures } from './column-measures.ts';

const before = Float64Array.from({ length: 101 }, (_, at) => ((at * 37) % 101) / 7);
const after = Float64Array.from({ length: 60 }, (_, at) => ((at * 53) % 97) / 6 + 1.5);

function merged(reference: Float64Array, current: Float64Array): DistinctTable {
  const { values, ...sides } = mergeSorted(reference.toSorted(), current.toSorted(), new NumberBuffers());
  return numericTable(values, sides);
}

function measures(table: DistinctTable, missing = { reference: 0, current: 0 }) {
  return columnMeasures(table, psiBins(table, missing));
}

// SciPy 1.17: ks_2samp, wasserstein_distance over the interquartile range of numpy.percentile ÷ 1.349, jensenshannon with base 2.
test('distances of a number are SciPy’s', () => {
  const { distinct, ks, wassersteinRobust, jensenShannonBits, bins } = measures(merged(before, after), { reference: 9, current: 20 });
  expect(distinct).toEqual({ reference: 101, current: 60 });
  expect(ks).toBeCloseTo(0.1806930693069307, 14);
  expect(wassersteinRobust).toBeCloseTo(0.3648989548560802, 12);
  expect(jensenShannonBits).toBeCloseTo(0.3096982469597141, 14);
  expect(bins.map(({ reference, current }) => [reference, current])).toEqual(
    [10, 10, 10, 10, 10, 10, 10, 10, 10, 11, 9].map((rows, bin) => [rows, [0, 6, 6, 6, 5, 5, 5, 6, 6, 15, 20][bin]]),
  );
  expect(bins[0]).toMatchObject({ kind: 'values', from: null, label: null });
  expect(bins[0]?.to).toBeCloseTo(10 / 7, 12);
  expect(bins[0]?.contribution).toBeCloseTo(0.6186319463244287, 12);
  expect(bins[1]?.from).toBe(bins[0]?.to);
  expect(bins.slice(-2).map(({ kind, to }) => [kind, to])).toEqual([
    ['values', null],
    ['missing', null],
  ]);
});

test('of levels there are no distances along a line, and each bin names its own', () => {
  const table = levelTable(['a', 'missing', 'é'], { reference: Float64Array.of(30, 50, 20), current: Float64Array.of(0, 10, 40) });
  const { distinct, ks, wassersteinRobust, jensenShannonBits, bins } = measures(table);
  expect([distinct, ks, wassersteinRobust]).toEqual([{ reference: 3, current: 2 }, null, null]);
  expect(jensenShannonBits).toBeCloseTo(0.5804685637982457, 14);
  expect(bins.map(({ kind, label, reference, current }) => [kind, label, reference, current])).toEqual([
    ['level', 'missing', 50, 10],
    ['level', 'a', 30, 0],
    ['level', 'é', 20, 40],
  ]);
});

test('few values are bins of their own; levels beyond a hundred share one; a range of nought has no robust distance', () => {
  const flag = merged(Float64Array.of(0, 0, 0, 0, 0, 1), Float64Array.of(0, 1, 1));
  expect(measures(flag).bins.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['values', 0, 0],
    ['values', 1, 1],
  ]);
  expect(measures(flag).wassersteinRobust).toBeNull();
  const names = Array.from({ length: 130 }, (_, at) => `level ${at}`);
  const many = measures(levelTable(names, { reference: new Float64Array(130).fill(2), current: new Float64Array(130).fill(1) }));
  expect(many.bins).toHaveLength(101);
  expect(many.bins.at(-1)).toMatchObject({ kind: 'others', label: null, reference: 60, current: 30 });
});

test('one huge value hides from σ, not from quartiles, that all others doubled', () => {
  const incomes = Float64Array.from({ length: 3001 }, (_, at) => (at === 3000 ? 1.17e8 : 100_000 + ((at * 7919) % 3001) * 20));
  const doubled = incomes.map((income) => (income > 1e8 ? income : 2 * income));
  expect(measures(merged(incomes, doubled)).wassersteinRobust).toBeGreaterThan(1);
});
