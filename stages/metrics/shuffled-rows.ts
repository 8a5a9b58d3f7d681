import type { Prng } from './prng.ts';

/** The numbers from 0 to count − 1 in an order by chance (Fisher & Yates). */
export function shuffledRows(count: number, prng: Prng): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  for (let at = count - 1; at > 0; at--) {
    const other = prng.below(at + 1);
    const own = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = own;
  }
  return order;
}
