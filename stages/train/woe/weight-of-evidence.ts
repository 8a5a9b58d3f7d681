/** Repaid and defaulted loans, or their weight. */
export interface Counts {
  readonly good: number;
  readonly bad: number;
}

/** What is added to both counts of a bin that lacks one class: half a loan, so that its weight of evidence stays finite. */
const HALF = 0.5;

/**
 * ln[(share of the repaid that is in the bin) / (share of the defaulted that is in the bin)]: positive where a bin is safer than
 * the book. A bin without a class counts half a loan more of both; an empty one is neutral, 0.
 */
export function weightOfEvidence(bin: Counts, total: Counts): number {
  if (bin.good + bin.bad === 0) return 0;
  const extra = bin.good === 0 || bin.bad === 0 ? HALF : 0;
  return Math.log((bin.good + extra) / total.good) - Math.log((bin.bad + extra) / total.bad);
}

/** Σ over bins of (share of the repaid − share of the defaulted) · WoE. Below 0.02 a column says next to nothing, above 0.3 much. */
export function informationValue(bins: readonly Counts[], total: Counts): number {
  return bins.reduce((sum, bin) => sum + binValue(bin, total), 0);
}

/** What one bin adds to the information value. */
export function binValue(bin: Counts, total: Counts): number {
  return (bin.good / total.good - bin.bad / total.bad) * weightOfEvidence(bin, total);
}
