import { durbinMatrix } from './durbin-matrix.ts';
import { pelzGood } from './pelz-good.ts';
import { smirnovTail } from './smirnov-tail.ts';

/**
 * P(D_n ≥ x) of the one-sample, two-sided Kolmogorov–Smirnov statistic. The method is chosen by n·x and n·x² after
 * Simard and L'Ecuyer, "Computing the Two-Sided Kolmogorov–Smirnov Distribution", J. Stat. Soft. 39(11), 2011.
 */
export function kolmogorovTail(n: number, x: number): number {
  const nx = n * x;
  if (x >= 1) return 0;
  if (nx <= 0.5) return 1;
  if (nx <= 1) return 1 - rubenGambino(n, nx);
  if (nx >= n - 1) return 2 * (1 - x) ** n;
  const nxx = nx * x;
  if (nxx >= 370) return 0;
  if (x >= 0.5 || nxx >= (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * smirnovTail(n, x));
  const distribution = n <= 140 || (n <= 100_000 && n * x ** 1.5 <= 1.4) ? durbinMatrix(n, x) : pelzGood(n, x);
  return Math.min(1, Math.max(0, 1 - distribution));
}

/** P(D_n < x) = n! ((2nx − 1)/n)^n for 1/(2n) ≤ x ≤ 1/n. */
function rubenGambino(n: number, nx: number): number {
  let product = 1;
  for (let i = 1; i <= n && product > 0; i++) product *= (i / n) * (2 * nx - 1);
  return product;
}
