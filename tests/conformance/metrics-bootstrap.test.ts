import { describe } from '@jest/globals';
import { auc } from '../../stages/metrics/auc.ts';
import { bcaInterval } from '../../stages/metrics/bca.ts';
import { basicInterval, percentileInterval } from '../../stages/metrics/bootstrap.ts';
import { brier } from '../../stages/metrics/brier.ts';
import { confusion } from '../../stages/metrics/confusion.ts';
import { businessCost } from '../../stages/metrics/cost.ts';
import { ks } from '../../stages/metrics/ks.ts';
import { expectNumber, type Recorded, testCases } from './decision-cases.ts';

interface BootstrapCase {
  readonly y: readonly number[];
  readonly score: readonly number[];
  readonly resamples: readonly (readonly number[])[];
  readonly expect: Readonly<
    Record<
      string,
      {
        readonly estimate: Recorded;
        readonly replicates: readonly Recorded[];
        readonly percentile95_linear: readonly [Recorded, Recorded];
        readonly basic95: readonly [Recorded, Recorded];
        readonly se_ddof1?: Recorded;
        readonly bca95?: { readonly ci: readonly [Recorded, Recorded] };
      }
    >
  >;
}

type Statistic = (y: readonly number[], score: readonly number[], weight?: ArrayLike<number>) => number;

const cost = { falseNegative: 10, falsePositive: 1 };

function statistic(name: string): Statistic {
  const threshold = /^cost_at_(?<threshold>[\d.]+)_per_loan$/.exec(name)?.groups?.['threshold'];
  if (threshold !== undefined)
    return (y, score, weight) => businessCost(confusion(y, score, Number(threshold), weight), cost) / total(weight, y.length);
  const known: Readonly<Record<string, Statistic>> = { auc, ks, brier };
  const found = known[name];
  if (found === undefined) throw new Error(`the reference has a statistic "${name}" that this test does not know`);
  return found;
}

describe('weighted statistics on recorded resamples', () => {
  testCases<BootstrapCase>('bootstrap', ({ y, score, resamples, expect: wanted }) => {
    for (const [name, truth] of Object.entries(wanted)) {
      const compute = statistic(name);
      const estimate = compute(y, score);
      expectNumber(estimate, truth.estimate, `${name}, estimate`);
      const replicates = resamples.map((rows) => compute(y, score, multiplicity(rows, y.length)));
      truth.replicates.forEach((value, at) => expectNumber(replicates[at] ?? Number.NaN, value, `${name}, replicate ${at}`));
      const { lo, hi } = percentileInterval(replicates);
      expectNumber(lo, truth.percentile95_linear[0], `${name}, lo`);
      expectNumber(hi, truth.percentile95_linear[1], `${name}, hi`);
      const basic = basicInterval(estimate, replicates);
      expectNumber(basic.lo, truth.basic95[0], `${name}, basic lo`);
      expectNumber(basic.hi, truth.basic95[1], `${name}, basic hi`);
      if (truth.se_ddof1 !== undefined) expectNumber(standardDeviation(replicates), truth.se_ddof1, `${name}, standard error`);
      if (truth.bca95 === undefined) continue;
      const jackknife = y.map((_, left) =>
        compute(
          y,
          score,
          Float64Array.from(y, (_label, row) => (row === left ? 0 : 1)),
        ),
      );
      const bca = bcaInterval(estimate, replicates, jackknife);
      expectNumber(bca.lo, truth.bca95.ci[0], `${name}, BCa lo`);
      expectNumber(bca.hi, truth.bca95.ci[1], `${name}, BCa hi`);
    }
  });
});

function multiplicity(rows: readonly number[], length: number): Uint16Array {
  const counts = new Uint16Array(length);
  for (const row of rows) counts[row] = (counts[row] ?? 0) + 1;
  return counts;
}

function total(weight: ArrayLike<number> | undefined, rows: number): number {
  return weight === undefined ? rows : Array.from(weight).reduce((sum, value) => sum + value, 0);
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
