import { expect, test } from '@jest/globals';
import { createPrng } from '../metrics/prng.ts';
import { columnDrift } from './maths/column-drift.ts';
import { numericTable } from './maths/distinct-table.ts';
import { columnStability } from './stability/column-stability.ts';

const noMissing = { reference: 0, current: 0 };

function tableOf(reference: readonly number[], current: readonly number[]) {
  const values = [...new Set([...reference, ...current])].toSorted((a, b) => a - b);
  const place = new Map(values.map((value, at) => [value, at]));
  const count = (side: readonly number[]): Float64Array => {
    const counts = new Float64Array(values.length);
    for (const value of side) counts[place.get(value) ?? 0] = (counts[place.get(value) ?? 0] ?? 0) + 1;
    return counts;
  };
  return numericTable(Float64Array.from(values), { reference: count(reference), current: count(current) });
}

test('one income of 117 million hides a doubling of all others from Evidently, not from the PSI', () => {
  const prng = createPrng(5);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - prng.next())) * Math.cos(2 * Math.PI * prng.next());
  const income = (times: number) => Math.round(times * 150_000 * Math.exp(0.5 * normal()));
  const reference = Array.from({ length: 3000 }, () => income(1));
  const current = Array.from({ length: 2000 }, () => income(2));
  expect(columnDrift(tableOf(reference, current), '0.7')).toMatchObject({ test: 'wasserstein', drifted: true });
  const table = tableOf([...reference, 117_000_000], current);
  expect(columnDrift(table, '0.7')).toMatchObject({ test: 'wasserstein', drifted: false });
  const { psi, stability } = columnStability(table, noMissing);
  expect(psi).toBeGreaterThan(0.25);
  expect(stability.p).toBeLessThan(1e-9);
});

test('half of the values missing against nine tenths: nothing to Evidently, all of the PSI', () => {
  const values = Array.from({ length: 1000 }, (_, at) => at / 10);
  const table = tableOf(
    values,
    values.slice(0, 200).map((value) => value * 5),
  );
  expect(columnDrift(tableOf(values, values), '0.7').drifted).toBe(false);
  const { psi, stability } = columnStability(table, { reference: 1000, current: 1800 });
  expect(psi).toBeGreaterThan(0.25);
  expect(stability.missingPart / psi).toBeGreaterThan(0.9);
});
