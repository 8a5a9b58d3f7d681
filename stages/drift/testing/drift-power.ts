import { drawNormal } from '../../metrics/draw-normal.ts';
import { createPrng, type Prng } from '../../metrics/prng.ts';
import { columnDrift } from '../maths/column-drift.ts';
import { type NumericTable, numericTable } from '../maths/distinct-table.ts';
import { columnStability } from '../stability/column-stability.ts';

/** Rows of the reference and of the current part. */
export type Sizes = readonly [reference: number, current: number];

/** How many of the runs each rule saw a shift in. */
export interface Seen {
  readonly evidently: number;
  readonly tenth: number;
  readonly quarter: number;
  readonly significant: number;
}

/** Draws pairs of samples of one normal column, the current one moved by `shift` standard deviations. @param runs numbers of the pairs: the same give the same samples */
export function driftSeen(sizes: Sizes, shift: number, runs: readonly number[]): Seen {
  const seen = { evidently: 0, tenth: 0, quarter: 0, significant: 0 };
  for (const run of runs) {
    const table = moved(createPrng(1000 * run + Math.round(100 * shift) + sizes[0]), sizes, shift);
    const { psi, stability } = columnStability(table, { reference: 0, current: 0 });
    if (columnDrift(table, '0.7').drifted) seen.evidently++;
    if (psi >= 0.1) seen.tenth++;
    if (psi >= 0.25) seen.quarter++;
    // As among 120 columns of which this one has moved: Benjamini–Hochberg gives it its p times 120 at worst.
    if ((stability.p ?? 1) * 120 < 0.001) seen.significant++;
  }
  return seen;
}

/** Two samples as distinct values with counts. */
function moved(prng: Prng, [n, m]: Sizes, shift: number): NumericTable {
  const rows = [
    ...Array.from({ length: n }, () => ({ value: drawNormal(prng), current: 0 })),
    ...Array.from({ length: m }, () => ({ value: drawNormal(prng) + shift, current: 1 })),
  ].toSorted((a, b) => a.value - b.value);
  return numericTable(
    Float64Array.from(rows, ({ value }) => value),
    { reference: Float64Array.from(rows, ({ current }) => 1 - current), current: Float64Array.from(rows, ({ current }) => current) },
  );
}
