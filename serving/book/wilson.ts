import type { Share } from '../scorer/population-answer.ts';

/** Two-sided 95 % of the normal. */
const Z = 1.959963984540054;

/** A share with its 95 % interval by Wilson's score (1927): defined for 0 and all, never outside [0, 1]. */
export function wilson(count: number, of: number): Share {
  if (of === 0) return { value: Number.NaN, low: 0, high: 1, of };
  const value = count / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (value + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((value * (1 - value)) / of + Z ** 2 / (4 * of ** 2));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half), of };
}
