import { expect, test } from '@jest/globals';
import { bandOf, bandsOf } from './calibration-bands.ts';
import { shareOf } from './share-of.ts';

/** `scipy.stats.binomtest(k, n).proportion_ci(0.95, method='wilson')`. */
const SCIPY = [
  [4, 111, 0.014101302509231792, 0.0890100558999521],
  [0, 20, 0.0, 0.16112515805281935],
  [20, 20, 0.8388748419471808, 1.0],
  [7, 100, 0.03431926106727269, 0.13749514739073504],
] as const;

test.each(SCIPY)('%i of %i has SciPy’s Wilson interval', (count, of, low, high) => {
  const share = shareOf(count, of);
  expect(share.low).toBeCloseTo(low, 12);
  expect(share.high).toBeCloseTo(high, 12);
  expect(share.value).toBe(count / of);
});

test('of nobody nothing is known', () => {
  expect(shareOf(0, 0)).toEqual({ value: Number.NaN, low: 0, high: 1, of: 0 });
});

test('bands hold 100 clients or more each, in the order of their probability, and every client once', () => {
  const calibrated = Float64Array.from({ length: 350 }, (_, at) => ((at * 137) % 350) / 350);
  const outcomes = Uint8Array.from(calibrated, (probability) => (probability >= 0.5 ? 1 : 0));
  const bands = bandsOf(calibrated, outcomes);
  expect(bands.map(({ clients }) => clients)).toEqual([116, 117, 117]);
  expect(bands.reduce((sum, { defaults }) => sum + defaults, 0)).toBe(175);
  expect(bandOf(bands, 0)?.from).toBe(0);
  expect(bandOf(bands, 0.99)).toBe(bands[2]);
  expect(bandsOf(calibrated.slice(0, 99), outcomes)).toEqual([]);
});
