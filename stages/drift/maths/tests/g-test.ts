import type { DistinctTable } from '../distinct-table.ts';
import { chiSquareTail } from '../../../metrics/chi-square-tail.ts';

/**
 * p-value of Evidently's G-test: 2 Σ c ln(c/r) of the current counts against the reference ones, K − 1 degrees of freedom. Evidently
 * does not scale the reference, and SciPy refuses unequal totals: NaN then, and for a single value.
 */
export function gTest({ reference, current, nReference, nCurrent }: DistinctTable): number {
  const degrees = reference.length - 1;
  if (degrees === 0 || nReference !== nCurrent) return Number.NaN;
  let statistic = 0;
  current.forEach((count, index) => {
    if (count > 0) statistic += 2 * count * Math.log(count / (reference[index] ?? 0));
  });
  if (statistic === Number.POSITIVE_INFINITY) return 0;
  return chiSquareTail(statistic, degrees);
}
