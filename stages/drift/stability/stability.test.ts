import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPrng, type Prng } from '../../metrics/prng.ts';
import { levelTable, type NumericTable, numericTable } from '../maths/distinct-table.ts';
import { chiSquareQuantile } from '../maths/special/chi-square-quantile.ts';
import { columnStability } from './column-stability.ts';
import { falseDiscovery } from './false-discovery.ts';
import { psiEvidence } from './psi-evidence.ts';

const noMissing = { reference: 0, current: 0 };

describe('critical value', () => {
  // scipy.stats.chi2.ppf, SciPy 1.17.1.
  test.each([
    [1, 0.05, 3.841458820694124],
    [2, 0.001, 13.815510557964274],
    [9, 0.05, 16.918977604620448],
    [58, 0.05, 76.7778031560615],
    [240, 0.001, 313.4368988116489],
  ])('χ² of %d degrees at %d', (degrees, tail, quantile) => {
    expect(Math.abs(chiSquareQuantile(degrees, tail) / quantile - 1)).toBeLessThan(1e-12);
  });

  test('ten bins of 307,511 rows against 48,744: 0.0004', () => {
    const even = (rows: number) => Array.from({ length: 10 }, () => rows / 10);
    const { critical, expected, p, excess } = psiEvidence(even(307_511), even(48_744));
    expect(critical).toBeCloseTo((1 / 307_511 + 1 / 48_744) * 16.918977604620448, 15);
    expect(expected).toBeCloseTo((1 / 307_511 + 1 / 48_744) * 9, 15);
    expect({ p, excess }).toEqual({ p: 1, excess: 0 });
  });

  test.each([
    ['ten deciles, 1000 against 200', Array.from({ length: 10 }, () => 0.1), 1000, 200],
    ['58 levels of which most are rare', Array.from({ length: 58 }, (_, level) => 0.8 ** level), 3000, 900],
    ['a flag of 1 in 100', [0.99, 0.01], 4000, 4000],
  ])('%s: an unchanged column is called changed at 5 %% in about 5 %%', (_, weights, n, m) => {
    const prng = createPrng(11);
    const rounds = 500;
    let called = 0;
    for (let round = 0; round < rounds; round++) {
      const { p } = psiEvidence(draw(prng, weights, n), draw(prng, weights, m));
      if ((p ?? 1) < 0.05) called++;
    }
    expect(called / rounds).toBeGreaterThan(0.02);
    expect(called / rounds).toBeLessThan(0.08);
  });

  test('a single bin has no test', () => {
    expect(psiEvidence([30], [20])).toEqual({ bins: 1, expected: 0, critical: 0, excess: 0, p: null });
  });
});

describe('false discovery', () => {
  test('as scipy.stats.false_discovery_control has it; null is no test', () => {
    const adjusted = falseDiscovery([0.01, 0.04, null, 0.03, 0.005, 0.2, 0.8, 0.03, 1]);
    const truth = [0.04, 0.064, null, 0.06, 0.04, 0.26666666666666666, 0.9142857142857143, 0.06, 1];
    truth.forEach((p, index) => (p === null ? expect(adjusted[index]).toBeNull() : expect(adjusted[index]).toBeCloseTo(p, 14)));
    expect(falseDiscovery([])).toEqual([]);
  });

  test('keeps the order of p-values and never lowers one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const adjusted = falseDiscovery(pValues).map(Number);
        return pValues.every(
          (p, i) =>
            (adjusted[i] ?? 0) >= p * (1 - 1e-12) && pValues.every((other, j) => p > other || (adjusted[i] ?? 0) <= (adjusted[j] ?? 0)),
        );
      }),
    );
  });
});

describe('parts of a PSI', () => {
  const uniform = (values: number, reference: number, current: number): NumericTable =>
    numericTable(
      Float64Array.from({ length: values }, (_, index) => index),
      { reference: new Float64Array(values).fill(reference), current: new Float64Array(values).fill(current) },
    );

  test('50 % missing against 90 %, values as before: all of it is missing', () => {
    const { psi, stability } = columnStability(uniform(40, 25, 5), { reference: 1000, current: 1800 });
    const expected = (0.9 - 0.5) * Math.log(0.9 / 0.5) + (0.1 - 0.5) * Math.log(0.1 / 0.5);
    expect(psi).toBeCloseTo(expected, 12);
    expect(stability.missingPart).toBeCloseTo(expected, 12);
    expect(stability.valuePart).toBeCloseTo(0, 12);
    expect(stability.p).toBeLessThan(1e-100);
  });

  test('values moved, as many missing as before: none of it is', () => {
    const table = numericTable(Float64Array.of(1, 2, 3), { reference: Float64Array.of(30, 30, 40), current: Float64Array.of(10, 30, 60) });
    const { psi, stability } = columnStability(table, { reference: 50, current: 50 });
    expect(stability.missingPart).toBe(0);
    expect(stability.valuePart).toBe(psi);
    // Shares among the rows that have a value, times the share of those.
    expect(psi).toBeCloseTo((2 / 3) * (-0.2 * Math.log(1 / 3) + 0.2 * Math.log(1.5)), 12);
  });

  test('values beyond what the reference has, by share of all rows', () => {
    const table = numericTable(Float64Array.of(-5, 1, 2, 3, 9, 11), {
      reference: Float64Array.of(0, 5, 0, 5, 0, 0),
      current: Float64Array.of(1, 2, 3, 0, 2, 1),
    });
    expect(columnStability(table, { reference: 0, current: 1 }).stability.outOfRange).toEqual({ below: 0.1, above: 0.3 });
    expect(columnStability(uniform(3, 1, 1), noMissing).stability.outOfRange).toEqual({ below: 0, above: 0 });
    const levels = levelTable(['a'], { reference: Float64Array.of(5), current: Float64Array.of(6) });
    expect(columnStability(levels, noMissing).stability.outOfRange).toBeNull();
  });

  test('levels that came and went, by name and share', () => {
    const table = levelTable(['a', 'b', 'c', 'd'], { reference: Float64Array.of(5, 0, 5, 0), current: Float64Array.of(6, 1, 0, 2) });
    const { unseen, vanished } = columnStability(table, { reference: 10, current: 1 }).stability;
    expect(unseen).toEqual({ levels: ['d', 'b'], share: 0.3 });
    expect(vanished).toEqual({ levels: ['c'], share: 0.25 });
    expect(columnStability(uniform(3, 1, 1), noMissing).stability.unseen).toBeNull();
  });
});

function draw(prng: Prng, weights: readonly number[], rows: number): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const ends: number[] = [];
  weights.reduce((sum, weight) => {
    ends.push((sum + weight) / all);
    return sum + weight;
  }, 0);
  const counts = weights.map(() => 0);
  for (let row = 0; row < rows; row++) {
    const u = prng.next();
    const level = Math.max(
      0,
      ends.findIndex((end) => u < end),
    );
    counts[level] = (counts[level] ?? 0) + 1;
  }
  return counts;
}
