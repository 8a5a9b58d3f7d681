import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bankingPsi } from './banking-psi.ts';
import { columnDrift } from './column-drift.ts';
import { columnKind } from './column-kind.ts';
import { type NumericTable, asLevels, levelTable, numericTable } from './distinct-table.ts';
import { DRIFT_RULES, isDrifted } from './drift-rule.ts';
import { ANY_TESTS, NUMERIC_TESTS, scoreAny, scoreNumeric } from './drift-tests.ts';

/** Distinct values of two lists of numbers. */
function tableOf(reference: readonly number[], current: readonly number[]): NumericTable {
  const values = [...new Set([...reference, ...current])].toSorted((a, b) => a - b);
  const count = (side: readonly number[]): Float64Array =>
    Float64Array.from(values, (value) => side.filter((other) => other === value).length);
  return numericTable(Float64Array.from(values), { reference: count(reference), current: count(current) });
}

const swapped = (table: NumericTable): NumericTable => numericTable(table.values, { reference: table.current, current: table.reference });
const numbers = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 2, maxLength: 60 });
const noMissing = { reference: 0, current: 0 };

describe('drift tests', () => {
  test('a part against itself never drifts', () => {
    fc.assert(
      fc.property(numbers, (sample) => {
        const table = tableOf(sample, sample);
        for (const name of ANY_TESTS.filter((one) => one !== 'TVD'))
          if (isDrifted(scoreAny(name, table, '0.7'), DRIFT_RULES[name])) return false;
        // Evidently's Cramér–von Mises calls equal constants drift (its own record num_const_same); the default rule never asks it.
        const rest = NUMERIC_TESTS.filter((name) => name !== 'cramer_von_mises');
        return rest.every((name) => !isDrifted(scoreNumeric(name, table), DRIFT_RULES[name])) && bankingPsi(table, noMissing) === 0;
      }),
    );
  });

  test('distances without a reference are symmetric', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const table = tableOf(a, b);
        const levels = asLevels(table);
        const turned = asLevels(swapped(table));
        expect(scoreNumeric('ed', table)).toBeCloseTo(scoreNumeric('ed', swapped(table)), 12);
        expect(scoreNumeric('ks', table)).toBeCloseTo(scoreNumeric('ks', swapped(table)), 12);
        for (const name of ['jensenshannon', 'psi', 'hellinger', 'z'] as const)
          expect(scoreAny(name, levels, '0.7')).toBeCloseTo(scoreAny(name, turned, '0.7'), 10);
      }),
    );
  });

  test('the order of levels changes no score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), { minLength: 3, maxLength: 12 }),
        (pairs) => {
          fc.pre(pairs.some(([r]) => r > 0) && pairs.some(([, c]) => c > 0));
          const build = (list: typeof pairs) =>
            levelTable(
              list.map((_, index) => `level ${index}`),
              { reference: Float64Array.from(list, ([r]) => r), current: Float64Array.from(list, ([, c]) => c) },
            );
          const there = pairs.filter(([r, c]) => r + c > 0);
          for (const name of ['jensenshannon', 'psi', 'kl_div', 'chisquare'] as const) {
            const [one, other] = [scoreAny(name, build(there), '0.7'), scoreAny(name, build(there.toReversed()), '0.7')];
            if (Number.isFinite(one) || Number.isFinite(other)) expect(one).toBeCloseTo(other, 10);
          }
        },
      ),
    );
  });

  test('numbers about 10^15 have the normed Wasserstein distance that they have about zero', () => {
    const near = (offset: number): NumericTable => {
      const values = Float64Array.from({ length: 4000 }, (_, at) => offset + at);
      const rows = (by: number) => values.map((_, at) => 1 + ((at * by) % 7));
      return numericTable(values, { reference: rows(3), current: rows(5).map((count, at) => (at < 400 ? 0 : count)) });
    };
    expect(scoreNumeric('wasserstein', near(1e15))).toBeCloseTo(scoreNumeric('wasserstein', near(0)), 12);
  });

  test('a value whose square is infinite does not count where the reference lacks it', () => {
    const table = tableOf([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 1e200]);
    expect(scoreNumeric('wasserstein', table)).toBeCloseTo(1e200 / 6 / Math.sqrt(35 / 12), -190);
    // What Evidently says of a reference whose own standard deviation is infinite.
    expect(scoreNumeric('wasserstein', tableOf([-3e300, 1e300, 2e300, 1, 2, 3], [-3e300, 0, 5, 1, 2, 3]))).toBe(0);
  });

  test('a shift moves the Wasserstein distance by itself, in units of sigma', () => {
    const reference = [1, 2, 3, 4, 5, 6];
    const sigma = Math.sqrt(35 / 12);
    expect(
      scoreNumeric(
        'wasserstein',
        tableOf(
          reference,
          reference.map((value) => value + 2),
        ),
      ),
    ).toBeCloseTo(2 / sigma, 12);
    expect(scoreNumeric('wasserstein', tableOf([5, 5], [7, 7]))).toBe(2000);
  });

  test('a single value has no chi-square, and z calls it equal', () => {
    const table = levelTable(['only'], { reference: Float64Array.of(10), current: Float64Array.of(7) });
    expect(scoreAny('chisquare', table, '0.7')).toBeNaN();
    expect(columnDrift(table, '0.7')).toMatchObject({ test: 'z', score: 1, drifted: false });
  });
});

describe('tests that Evidently refuses for parts of different size', () => {
  const pair = (reference: readonly number[], current: readonly number[]) =>
    levelTable(
      reference.map((_, index) => `level ${index}`),
      { reference: Float64Array.from(reference), current: Float64Array.from(current) },
    );

  // scipy.stats.power_divergence(current, reference, lambda_='log-likelihood'), SciPy 1.17.1.
  test.each([
    [[25, 45, 30], [30, 50, 20], 0.07219602250591294],
    [[5, 5, 5], [10, 5, 0], 0.0009765625000000002],
    [[8, 8, 0], [10, 5, 1], 0],
    [[650, 350], [700, 300], 0.0007916308637159708],
    [[10], [10], Number.NaN],
    [[10, 5], [10, 6], Number.NaN],
  ])('G of %j and %j', (reference, current, p) => {
    const ours = scoreAny('g_test', pair(reference, current), '0.7');
    if (Number.isNaN(p)) expect(ours).toBeNaN();
    else expect(Math.abs(ours - p)).toBeLessThanOrEqual(1e-9 * p);
  });

  // scipy.stats.fisher_exact([current, reference]), SciPy 1.17.1.
  test.each([
    [[8, 2], [1, 9], 0.005477494641581329],
    [[3, 97], [11, 89], 0.048917730543265044],
    [[480, 4520], [601, 4399], 0.0001097430740664423],
    [[5, 5], [5, 5], 1],
    [[0, 10], [0, 10], 1],
    [[49000, 1000], [48000, 2000], 5.795942973435941e-78],
    [[7, 13], [12, 8], 0.20492715519073312],
    [[7, 13], [12, 9], Number.NaN],
    [[7, 6, 7], [12, 8, 0], Number.NaN],
  ])('Fisher of %j and %j', (reference, current, p) => {
    const ours = scoreAny('fisher_exact', pair(reference, current), '0.7');
    if (Number.isNaN(p)) expect(ours).toBeNaN();
    else expect(Math.abs(ours - p)).toBeLessThanOrEqual(1e-9 * p);
  });

  test('total variation: a p-value by seeded permutations, near the exact chance', () => {
    const table = pair([8, 2], [1, 9]);
    const p = scoreAny('TVD', table, '0.7');
    // With two levels and equal sides its distance orders tables as Fisher's test does.
    expect(Math.abs(p - 0.005477494641581329)).toBeLessThan(0.01);
    expect(scoreAny('TVD', table, '0.7')).toBe(p);
    expect(scoreAny('TVD', pair([5, 5], [50, 50]), '0.7')).toBe(1);
  });
});

describe('operators at their thresholds', () => {
  test.each([
    ['wasserstein', 0.1, true],
    ['ed', 0.1, false],
    ['ks', 0.05, true],
    ['chisquare', 0.05, false],
    ['z', 0.05, false],
    ['cramer_von_mises', 0.1, true],
    ['anderson', 0.1, false],
  ] as const)('%s at %d: drift is %s', (name, score, drifted) => {
    expect(isDrifted(score, DRIFT_RULES[name])).toBe(drifted);
    expect(isDrifted(Number.NaN, DRIFT_RULES[name])).toBe(false);
  });
});

describe('choice of test', () => {
  const spread = (distinct: number, rows: number): NumericTable =>
    numericTable(
      Float64Array.from({ length: distinct }, (_, index) => index),
      { reference: new Float64Array(distinct).fill(rows / distinct), current: new Float64Array(distinct).fill(1) },
    );

  test.each([
    [2, 1000, 'z', 'z'],
    [3, 999, 'chisquare', 'chisquare'],
    [5, 1000, 'chisquare', 'chisquare'],
    [6, 996, 'ks', 'chisquare'],
    [2, 1002, 'jensenshannon', 'jensenshannon'],
    [5, 1005, 'jensenshannon', 'jensenshannon'],
    [6, 1002, 'wasserstein', 'jensenshannon'],
  ] as const)('%d values, %d rows: %s for numbers, %s for levels', (distinct, rows, number, level) => {
    expect(columnDrift(spread(distinct, rows), '0.7').test).toBe(number);
    expect(columnDrift(asLevels(spread(distinct, rows)), '0.7').test).toBe(level);
  });

  test('kinds of 0.4 and 0.7', () => {
    const facts = (type: string, distinct: number, nulls = 0) => ({ type, values: 100, nulls, distinct });
    const kinds = (...given: Parameters<typeof facts>) => [columnKind(facts(...given), '0.4'), columnKind(facts(...given), '0.7')];
    expect(kinds('TINYINT', 2)).toEqual(['num', 'cat']);
    expect(kinds('TINYINT', 2, 1)).toEqual(['num', 'num']);
    expect(kinds('BIGINT', 11)).toEqual(['num', 'num']);
    expect(kinds('DOUBLE', 2)).toEqual(['num', 'num']);
    expect(kinds('DECIMAL(10,2)', 2)).toEqual(['num', 'num']);
    expect(kinds('VARCHAR', 51)).toEqual(['cat', 'text']);
    expect(kinds('VARCHAR', 50)).toEqual(['cat', 'cat']);
    expect(kinds('BOOLEAN', 2)).toEqual(['cat', 'cat']);
    expect(kinds('TIMESTAMP', 2)).toEqual(['other', 'other']);
  });
});

describe('bankingPsi', () => {
  test('counts missing values as a bin', () => {
    const table = tableOf([1, 2, 3, 4], [1, 2, 3, 4]);
    // Half missing against one in five: levels keep their proportions.
    const [r, c] = [4 / 8, 1 / 5];
    const expected = (1 - c - (1 - r)) * Math.log((1 - c) / (1 - r)) + (c - r) * Math.log(c / r);
    expect(bankingPsi(table, { reference: 4, current: 1 })).toBeCloseTo(expected, 12);
  });

  test('a value that fills a decile cannot hide what moves beside it', () => {
    const zeros = Array.from({ length: 95 }, () => 0);
    const tail = Array.from({ length: 20 }, (_, index) => index + 1);
    const psi = bankingPsi(tableOf([...zeros, ...tail.slice(0, 11)], [...zeros, ...tail, ...tail, ...tail]), noMissing);
    expect(psi).toBeGreaterThan(0.25);
  });

  test('an empty bin counts as a ten-thousandth', () => {
    const table = levelTable(['a', 'b'], { reference: Float64Array.of(50, 50), current: Float64Array.of(100, 0) });
    expect(bankingPsi(table, noMissing)).toBeCloseTo(0.5 * Math.log(2) + (0.0001 - 0.5) * Math.log(0.0001 / 0.5), 12);
  });
});
