import type { FloatMatrix } from '../../pipeline/index.ts';
import { createPrng } from '../metrics/prng.ts';

/** Row numbers, ascending; all of them where there are no more than asked for (Floyd's sampling otherwise). */
export function sampleRows(total: number, wanted: number, seed: number): Uint32Array {
  if (total <= wanted) return Uint32Array.from({ length: total }, (_, row) => row);
  const prng = createPrng(seed);
  const picked = new Set<number>();
  for (let top = total - wanted; top < total; top++) {
    const row = prng.below(top + 1);
    picked.add(picked.has(row) ? top : row);
  }
  return Uint32Array.from(picked).toSorted();
}

/** The rows named, in the order named. */
export function selectRows({ columns, data }: FloatMatrix, rows: ArrayLike<number>): FloatMatrix {
  const width = columns.length;
  const selected = new Float32Array(rows.length * width);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    selected.set(data.subarray(row * width, (row + 1) * width), at * width);
  }
  return { rows: rows.length, columns, data: selected };
}
