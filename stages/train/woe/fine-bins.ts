import { binOf } from '../../scoring/model/linear-terms.ts';
import type { Counts } from './weight-of-evidence.ts';

/** A column cut finely, before bins are merged. */
export interface FineBins {
  /** Where each bin but the first begins, ascending: halfway between two values that occur. */
  readonly edges: readonly number[];
  readonly bins: readonly Counts[];
  readonly missing: Counts;
}

/** The values of one column, with what became of the loans. */
export interface LabelledColumn {
  /** NaN where unknown. */
  readonly values: Float32Array;
  /** 1 for default, 0 for repaid. */
  readonly label: ArrayLike<number>;
  readonly weight: ArrayLike<number> | null;
}

/** At most so many bins of about equal count; equal values are never parted. */
export function fineBins({ values, label, weight }: LabelledColumn, most: number): FineBins {
  const known = values.filter((value) => !Number.isNaN(value)).toSorted();
  const edges = cutPoints(known, most);
  const counts = Array.from({ length: edges.length + 2 }, () => ({ good: 0, bad: 0 }));
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    const bin = counts[Number.isNaN(value) ? edges.length + 1 : binOf(edges, value)];
    const mass = weight?.[row] ?? 1;
    if (bin === undefined) continue;
    if (label[row] === 1) bin.bad += mass;
    else bin.good += mass;
  }
  return { edges: [...edges], bins: counts.slice(0, edges.length + 1), missing: counts[edges.length + 1] ?? { good: 0, bad: 0 } };
}

/** @param sorted ascending */
function cutPoints(sorted: Float32Array, most: number): Float64Array {
  const edges: number[] = [];
  for (let bin = 1; bin < most; bin++) {
    // The first place from there on where the value changes.
    let at = Math.round((bin * sorted.length) / most);
    while (at < sorted.length && at > 0 && sorted[at] === sorted[at - 1]) at += 1;
    if (at === 0 || at >= sorted.length) continue;
    const edge = ((sorted[at - 1] ?? 0) + (sorted[at] ?? 0)) / 2;
    if (edges.length === 0 || edge > (edges.at(-1) ?? 0)) edges.push(edge);
  }
  return Float64Array.from(edges);
}
