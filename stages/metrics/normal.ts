import erfc from '@stdlib/math-base-special-erfc';

/** The 97.5 % point of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/** Standard normal distribution function, exact in both tails. */
export function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/** Two-sided p-value of a z score. */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** Inverse of {@link normalCdf}: Newton steps from 0 on the convex side, each no longer than 1. ∓∞ at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p <= 0 || p >= 1 || Number.isNaN(p)) return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  let z = 0;
  for (let step = 0; step < 200; step++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const move = Math.max(-1, Math.min(1, (p - normalCdf(z)) / density));
    z += move;
    if (Math.abs(move) <= 1e-15 * Math.max(1, Math.abs(z))) break;
  }
  return z;
}
