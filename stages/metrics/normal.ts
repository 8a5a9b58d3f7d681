import erfc from '@stdlib/math-base-special-erfc';

/** The 97.5 % point of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/** Two-sided p-value of a z score, exact in the tails. */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}
