import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import type { Interval } from './bootstrap.ts';
import { Z95 } from './normal.ts';
import { quantileOfSorted } from './quantile.ts';

/**
 * Bias-corrected and accelerated 95 % interval (Efron 1987): percentiles of the replicates at levels that are moved for the bias of the
 * median and for a standard error that changes with the value. Right for skewed means, such as a cost that few rows make.
 * @param jackknife the statistic without each row
 */
export function bcaInterval(estimate: number, replicates: ArrayLike<number>, jackknife: ArrayLike<number>): Interval {
  const sorted = Float64Array.from(replicates)
    .filter((value) => !Number.isNaN(value))
    .toSorted();
  const [below, equal] = sorted.reduce(
    ([less, same], value) => [less + (value < estimate ? 1 : 0), same + (value === estimate ? 1 : 0)],
    [0, 0],
  );
  // Replicates equal to the estimate count half; at least half a replicate on each side keeps the bias finite.
  const share = Math.min(sorted.length - 0.5, Math.max(0.5, below + equal / 2)) / sorted.length;
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(jackknife);
  const level = (z: number): number => normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
  return { lo: quantileOfSorted(sorted, level(-Z95)), hi: quantileOfSorted(sorted, level(Z95)) };
}

/** A sixth of the skewness of the jackknife's deviations; 0 where they are all alike. */
function accelerationOf(jackknife: ArrayLike<number>): number {
  const values = Float64Array.from(jackknife);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [squares, cubes] = values.reduce(([two, three], value) => [two + (mean - value) ** 2, three + (mean - value) ** 3], [0, 0]);
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

function normalQuantile(share: number): number {
  return -Math.SQRT2 * erfcinv(2 * share);
}
