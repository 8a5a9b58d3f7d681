import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { binColumn } from './bin-column.ts';
import { fineBins } from './fine-bins.ts';
import { mergeBins } from './merge-bins.ts';
import { binValue, type Counts, informationValue, weightOfEvidence } from './weight-of-evidence.ts';

const UNKNOWN = Number.NaN;

describe('weightOfEvidence', () => {
  test('is ln(share of the repaid ÷ share of the defaulted), by hand', () => {
    const total = { good: 900, bad: 100 };
    expect(weightOfEvidence({ good: 450, bad: 20 }, total)).toBeCloseTo(Math.log(0.5 / 0.2), 14);
    expect(weightOfEvidence({ good: 90, bad: 40 }, total)).toBeCloseTo(Math.log(0.1 / 0.4), 14);
    // 0.3·ln 2.5 + 0·ln 1 + 0.3·ln 4 over bins of (50 %, 20 %), (40 %, 40 %), (10 %, 40 %).
    const bins = [
      { good: 450, bad: 20 },
      { good: 360, bad: 40 },
      { good: 90, bad: 40 },
    ];
    expect(informationValue(bins, total)).toBeCloseTo(0.3 * Math.log(2.5) + 0.3 * Math.log(4), 14);
  });

  test('stays finite without one class, and is neutral without rows', () => {
    const total = { good: 900, bad: 100 };
    expect(weightOfEvidence({ good: 9, bad: 0 }, total)).toBeCloseTo(Math.log(9.5 / 900 / (0.5 / 100)), 14);
    expect(weightOfEvidence({ good: 0, bad: 9 }, total)).toBeCloseTo(Math.log(0.5 / 900 / (9.5 / 100)), 14);
    expect(weightOfEvidence({ good: 0, bad: 0 }, total)).toBe(0);
  });
});

describe('fineBins', () => {
  test('parts no equal values, keeps unknown ones apart, and counts every row once', () => {
    const values = Float32Array.of(1, 1, 1, 1, 2, 3, 3, UNKNOWN, 4, 4);
    const { edges, bins, missing } = fineBins({ values, label: [0, 1, 0, 0, 1, 0, 0, 1, 0, 1], weight: null }, 5);
    expect(edges).toEqual([1.5, 2.5, 3.5]);
    expect(bins).toEqual([
      { good: 3, bad: 1 },
      { good: 0, bad: 1 },
      { good: 2, bad: 0 },
      { good: 1, bad: 1 },
    ]);
    expect(missing).toEqual({ good: 0, bad: 1 });
  });

  test('a constant column has one bin, an unknown one none but that', () => {
    expect(fineBins({ values: Float32Array.of(7, 7, 7), label: [0, 1, 0], weight: null }, 5)).toMatchObject({
      edges: [],
      bins: [{ good: 2, bad: 1 }],
    });
    const none = fineBins({ values: Float32Array.of(UNKNOWN, UNKNOWN), label: [0, 1], weight: [2, 3] }, 5);
    expect(none).toMatchObject({ edges: [], bins: [{ good: 0, bad: 0 }], missing: { good: 2, bad: 3 } });
  });
});

/** Every way to cut, tried out. */
function bestByTrying(bins: readonly Counts[], total: Counts, options: { maxBins: number; minShare: number; trend: string }): number {
  let best = 0;
  for (let cuts = 0; cuts < 2 ** (bins.length - 1); cuts++) {
    const merged: Counts[] = [];
    bins.forEach(({ good, bad }, at) => {
      const last = merged.at(-1);
      if (last !== undefined && (cuts & (1 << (at - 1))) === 0) merged[merged.length - 1] = { good: last.good + good, bad: last.bad + bad };
      else merged.push({ good, bad });
    });
    const rates = merged.map(({ good, bad }) => bad / (good + bad));
    const rising = rates.every((rate, at) => at === 0 || rate > (rates[at - 1] ?? 0));
    const falling = rates.every((rate, at) => at === 0 || rate < (rates[at - 1] ?? 0));
    const large = merged.every(({ good, bad }) => good > 0 && bad > 0 && good + bad >= options.minShare * (total.good + total.bad));
    const trend = options.trend === 'any' || (options.trend !== 'falling' && rising) || (options.trend !== 'rising' && falling);
    if (merged.length <= options.maxBins && large && trend)
      best = Math.max(
        best,
        merged.reduce((sum, bin) => sum + binValue(bin, total), 0),
      );
  }
  return best;
}

describe('mergeBins', () => {
  const count = fc.record({ good: fc.integer({ min: 0, max: 60 }), bad: fc.integer({ min: 0, max: 12 }) });

  test('finds the merging of most information value: as good as trying every one', () => {
    const trend = fc.constantFrom('rising', 'falling', 'either', 'any');
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 9 }), trend, fc.integer({ min: 1, max: 5 }), (bins, trend, maxBins) => {
        const total = bins.reduce((sum, { good, bad }) => ({ good: sum.good + good, bad: sum.bad + bad }), { good: 1, bad: 1 });
        const options = { maxBins, minShare: 0.1, trend } as const;
        const sizes = mergeBins(bins, total, options);
        let at = 0;
        const merged = sizes.map((size) => {
          const run = bins.slice(at, (at += size));
          return run.reduce((sum, { good, bad }) => ({ good: sum.good + good, bad: sum.bad + bad }), { good: 0, bad: 0 });
        });
        expect(at).toBe(bins.length);
        const best = bestByTrying(bins, total, options);
        if (best > 1e-9) expect(merged.reduce((sum, bin) => sum + binValue(bin, total), 0)).toBeCloseTo(best, 9);
        else expect(sizes).toHaveLength(1);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('binColumn', () => {
  /** 1,000 rows of which the upper half defaults thrice as often; a fifth is unknown and defaults most. */
  const values = Float32Array.from({ length: 1000 }, (_, row) => (row % 5 === 4 ? UNKNOWN : row));
  const label = values.map((value, row) => (Number.isNaN(value) ? Number(row % 2 === 0) : Number(row % 30 < (row < 500 ? 3 : 9))));
  const options = { fineBins: 20, maxBins: 5, minShare: 0.05, trend: 'either' } as const;

  test('cuts where the rate changes, the trend going one way', () => {
    const { bins, woe, edges, missingWoe } = binColumn({ values, label, weight: null }, options);
    const rates = bins.map(({ good, bad }) => bad / (good + bad));
    expect(rates).toEqual(rates.toSorted((a, b) => a - b));
    expect(woe).toEqual(woe.toSorted((a, b) => b - a));
    expect(edges.some((edge) => Math.abs(edge - 500) <= 20)).toBe(true);
    expect(missingWoe).toBeLessThan(woe.at(-1) ?? 0);
  });

  test('takes few unknown rows for average ones, and says so in its value', () => {
    const rare = values.map((value, row) => (Number.isNaN(value) && row > 100 ? row : value));
    const { missingWoe, missing } = binColumn({ values: rare, label, weight: null }, options);
    expect(missing.good + missing.bad).toBe(20);
    expect(missingWoe).toBe(0);
  });

  test('a weight for all defaults changes no weight of evidence', () => {
    const weighted = binColumn({ values, label, weight: label.map((value) => (value === 1 ? 10 : 1)) }, { ...options, minShare: 0 });
    const plain = binColumn({ values, label, weight: null }, { ...options, minShare: 0 });
    expect(weighted.edges).toEqual(plain.edges);
    weighted.woe.forEach((value, at) => expect(value).toBeCloseTo(plain.woe[at] ?? UNKNOWN, 12));
  });

  test('finds nothing in a constant, nor in noise that may not be cut', () => {
    const same = binColumn({ values: new Float32Array(10).fill(3), label: [0, 1, 0, 1, 0, 0, 0, 0, 0, 0], weight: null }, options);
    expect(same).toMatchObject({ edges: [], informationValue: 0, meanWoe: 0 });
  });
});
