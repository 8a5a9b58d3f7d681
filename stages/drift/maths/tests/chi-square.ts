import type { DistinctTable } from '../distinct-table.ts';
import { chiSquareTail } from '../../../metrics/chi-square-tail.ts';

/**
 * p-value of Evidently's chi-square: goodness of fit of the current counts to the reference ones scaled by m/n, K − 1
 * degrees of freedom. A value that the reference lacks has expectation 0 and makes p 0; a single value gives NaN.
 */
export function chiSquare({ reference, current, nReference, nCurrent }: DistinctTable): number {
  const degrees = reference.length - 1;
  if (degrees === 0) return Number.NaN;
  const scale = nCurrent / nReference;
  let statistic = 0;
  reference.forEach((count, index) => {
    const expected = count * scale;
    statistic += ((current[index] ?? 0) - expected) ** 2 / expected;
  });
  if (statistic === Number.POSITIVE_INFINITY) return 0;
  return chiSquareTail(statistic, degrees);
}
