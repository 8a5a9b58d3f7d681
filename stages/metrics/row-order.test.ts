import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rowNumbers, rowsByValue } from './row-order.ts';

/** By comparison, NaN last either way. */
function compared(values: readonly number[], sign: 1 | -1, rows: Uint32Array): number[] {
  const present = Array.from(rows).filter((row) => !Number.isNaN(values[row]));
  const missing = Array.from(rows).filter((row) => Number.isNaN(values[row]));
  return [
    ...present.toSorted((a, b) => ((values[a] ?? 0) < (values[b] ?? 0) ? -sign : (values[a] ?? 0) > (values[b] ?? 0) ? sign : 0)),
    ...missing,
  ];
}

function same(values: readonly number[], rows = rowNumbers(values.length)): void {
  expect(Array.from(rowsByValue(values, 'ascending', rows))).toEqual(compared(values, 1, rows));
  expect(Array.from(rowsByValue(values, 'descending', rows))).toEqual(compared(values, -1, rows));
}

test('rows stand as comparing puts them, few and many: ties, both signs and zeros, subnormals, infinities, NaN', () => {
  const odd = fc.oneof(fc.double(), fc.constantFrom(0, -0, 5e-324, -5e-324, Infinity, -Infinity, Number.NaN, 0.5, 1));
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 60 }), (values) => same(values)),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.array(odd, { minLength: 600, maxLength: 900 }), (values) => same(values)),
    { numRuns: 40 },
  );
});

test('equal values keep the order that they are given in', () => {
  const values = Array.from({ length: 2000 }, (_, row) => (row * 7919) % 13);
  same(values, rowNumbers(2000).toReversed());
  const given = rowNumbers(2000).toReversed();
  rowsByValue(values, 'ascending', given);
  expect(given).toEqual(rowNumbers(2000).toReversed());
  const all = rowsByValue(new Float64Array(2000), 'ascending', given);
  expect(all).toEqual(given);
  expect(all).not.toBe(given);
});
