import type { Prng } from './prng.ts';

/** A standard normal number (Box & Muller 1958) of two uniform ones. */
export function drawNormal(prng: Prng): number {
  return Math.sqrt(-2 * Math.log(1 - prng.next())) * Math.cos(2 * Math.PI * prng.next());
}
