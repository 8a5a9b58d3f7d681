import { Z95 } from './normal.ts';

/** 95 % score interval of a share of `count` (Wilson 1927): defined for none and for all, never outside [0, 1]. */
export function wilson(share: number, count: number): { readonly lo: number; readonly hi: number } {
  const z2 = Z95 * Z95;
  const middle = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z95 / (1 + z2 / count)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count * count));
  return { lo: Math.max(0, middle - half), hi: Math.min(1, middle + half) };
}
