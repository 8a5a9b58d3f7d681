import { fineBins, type LabelledColumn } from './fine-bins.ts';
import { mergeBins, type MergeOptions } from './merge-bins.ts';
import { type Counts, informationValue, weightOfEvidence } from './weight-of-evidence.ts';

export interface BinOptions extends MergeOptions {
  /** Bins of equal count to begin with. */
  readonly fineBins: number;
}

export interface BinnedColumn {
  /** Where each bin but the first begins, ascending. */
  readonly edges: readonly number[];
  readonly bins: readonly Counts[];
  readonly woe: readonly number[];
  readonly missing: Counts;
  /** 0 where fewer rows than a bin must hold are unknown: too few to tell them from the book. */
  readonly missingWoe: number;
  readonly informationValue: number;
  /** Mean weight of evidence over the rows. */
  readonly meanWoe: number;
}

/** Bins a column against the outcome. A column with one value, or none, has one bin and no information but that of being unknown. */
export function binColumn(column: LabelledColumn, options: BinOptions): BinnedColumn {
  const fine = fineBins(column, options.fineBins);
  const total = [...fine.bins, fine.missing].reduce(plus, { good: 0, bad: 0 });
  const edges: number[] = [];
  const bins: Counts[] = [];
  let at = 0;
  for (const size of mergeBins(fine.bins, total, options)) {
    if (at > 0) edges.push(fine.edges[at - 1] ?? Number.NaN);
    bins.push(fine.bins.slice(at, at + size).reduce(plus, { good: 0, bad: 0 }));
    at += size;
  }
  const rows = total.good + total.bad;
  const told = fine.missing.good + fine.missing.bad >= options.minShare * rows;
  const woe = bins.map((bin) => weightOfEvidence(bin, total));
  const missingWoe = told ? weightOfEvidence(fine.missing, total) : 0;
  const summed = bins.reduce((sum, bin, index) => sum + (bin.good + bin.bad) * (woe[index] ?? 0), 0);
  return {
    edges,
    bins,
    woe,
    missing: fine.missing,
    missingWoe,
    informationValue: informationValue(told ? [...bins, fine.missing] : bins, total),
    meanWoe: (summed + (fine.missing.good + fine.missing.bad) * missingWoe) / rows,
  };
}

function plus(left: Counts, right: Counts): Counts {
  return { good: left.good + right.good, bad: left.bad + right.bad };
}
