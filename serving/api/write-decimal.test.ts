import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { giveBackBlock } from './byte-blocks.ts';
import { written as page } from './page-of-bytes.ts';
import { billionthsOf, DECIMAL_MOST, writeDecimal } from './write-decimal.ts';

function written(billionths: number): string {
  const bytes = new Uint8Array(DECIMAL_MOST + 4);
  const end = writeDecimal(bytes, 2, billionths);
  return Buffer.from(bytes.subarray(2, end)).toString('latin1');
}

test('what is a whole number of billionths is written as JavaScript writes it', () => {
  const billionths = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer(),
    fc.integer({ min: -10_000, max: 10_000 }),
    fc.nat(9).map((n) => 10 ** n),
  );
  fc.assert(
    fc.property(billionths, (whole) => {
      const value = whole / 10 ** 9;
      const taken = billionthsOf(value);
      if (!Number.isNaN(taken)) expect(written(taken)).toBe(String(value));
      // Below a millionth it has an exponent, above a million it has more digits than are sure.
      expect(Number.isNaN(taken)).toBe(!(value === 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e6)));
    }),
    { numRuns: 2000 },
  );
});

test.each([0, 1, -1, 0.1, 12.5, -0.000001, 999_999.999999999, 42, 365_243])('%d', (value) => {
  expect(written(billionthsOf(value))).toBe(String(value));
});

test.each([Math.fround(0.1), 1e-7, 1e6, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 1 / 3])('%d is not', (value) => {
  expect(billionthsOf(value)).toBeNaN();
});

test('whatever the number, a page has what JSON has', () => {
  const beside = fc.tuple(
    fc.constantFrom(1e-9, 1e-6, 0.1, 2 ** 31, 999_999.999999999, 1e6, 1e21),
    fc.integer({ min: -3, max: 3 }),
    fc.boolean(),
  );
  const bits = new BigInt64Array(1);
  const number = fc.oneof(
    fc.double(),
    fc.float(),
    fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE, Number.MIN_VALUE),
    beside.map(([border, steps, negative]) => {
      const value = new Float64Array(bits.buffer);
      value[0] = border;
      bits[0] = (bits[0] ?? 0n) + BigInt(steps);
      return (negative ? -1 : 1) * (value[0] ?? 0);
    }),
  );
  fc.assert(
    fc.property(number, (value) => {
      const bytes = page((on) => on.number(value));
      const text = bytes.toString('latin1');
      giveBackBlock(bytes);
      expect(text).toBe(JSON.stringify(value));
    }),
    { numRuns: 2000 },
  );
});
