import erfc from '@stdlib/math-base-special-erfc';

/** P(Z > z) of the standard normal. */
export function normalTail(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}
