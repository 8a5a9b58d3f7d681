import { expect, test } from '@jest/globals';
import type { Contributions } from '../../explanations/contributions.ts';
import { scoreShift } from './score-shift.ts';

function contributions(rows: readonly (readonly [number, number, number])[]): Contributions {
  const margin = Float32Array.from(rows, (row) => -2 + row[0] + row[1] + row[2]);
  return { rows: rows.length, columns: ['a', 'b', 'c'], values: Float32Array.from(rows.flat()), bias: -2, margin, additivityError: 0 };
}

test('concepts add up to the shift of the mean margin, largest first', () => {
  const before = contributions([
    [0.5, 0.25, -1],
    [0.25, -0.25, 0],
  ]);
  const after = contributions([
    [1, 0.5, -1],
    [1.5, 0.5, 0],
    [0.5, -0.25, -0.5],
  ]);
  const shift = scoreShift(before, after, ['income', 'income', 'debt']);
  expect(shift.rows).toEqual({ reference: 2, current: 3 });
  expect(shift.concepts.map(({ name }) => name)).toEqual(['income', 'debt']);
  // Means of a + b: .375 before, 1.25 after; of c: −.5 and −.5.
  expect(shift.concepts[0]?.delta).toBeCloseTo(0.875, 12);
  expect(shift.concepts[1]?.delta).toBeCloseTo(0, 12);
  expect(shift.delta).toBeCloseTo(0.875, 6);
  expect(shift.sumError).toBeLessThan(1e-6);
  expect(shift.features.map(({ name }) => name)).toEqual(['a', 'b']);
  // Two-sample normal interval of a + b: sample variances .28125 and .8125 over 2 and 3 rows.
  expect((shift.concepts[0]?.hi ?? 0) - 0.875).toBeCloseTo(1.959963984540054 * Math.sqrt(0.28125 / 2 + 0.8125 / 3), 9);
});

test('nothing moved: nothing to explain', () => {
  const same = contributions([
    [0.5, 0.25, -1],
    [0.25, -0.25, 0],
  ]);
  const shift = scoreShift(same, same, ['x', 'y', 'z']);
  expect(shift).toMatchObject({ delta: 0, features: [], sumError: 0 });
});
