import { chiSquareTail } from './chi-square-tail.ts';
import { pickRows } from './picked-rows.ts';
import { quantileOfSorted } from './quantile.ts';
import { rowsByValue } from './row-order.ts';

/** The bands of credit practice (Siddiqi 2006): moved from the one on, shifted from the other. */
export const PSI_BANDS = { moved: 0.1, shifted: 0.25 } as const;

export interface PsiOptions {
  /** @default 10 */
  readonly bins?: number;
  /** Least share that an empty bin counts as, on each side; the shares are not normalised again. @default 1e-4 */
  readonly epsilon?: number;
}

export interface Psi {
  readonly psi: number;
  /** Bin = number of edges ≤ x. */
  readonly edges: readonly number[];
  /** A last bin counts the missing values where either side has any. */
  readonly hasMissingBin: boolean;
  readonly referenceCounts: readonly number[];
  readonly currentCounts: readonly number[];
  readonly contributions: readonly number[];
  /** P(PSI this large | same distribution): PSI·nm/(n+m) is χ² with bins − 1 degrees of freedom (Yurdakul 2018). NaN for one bin. */
  readonly nullProbability: number;
}

/**
 * Population stability index Σ (c − r)·ln(c/r) over bins at the distinct inner quantiles of the reference above its least
 * value (linear interpolation), NaN counted as missing. Under 0.10 stable, from 0.25 act (credit practice); judge small samples by nullProbability.
 */
export function populationStability(reference: ArrayLike<number>, current: ArrayLike<number>, options: PsiOptions = {}): Psi {
  const { bins = 10 } = options;
  return stabilityAgainst(referenceBins(reference, innerQuantiles(reference, bins)), current, options);
}

/** What an index needs of its reference: edges and counts, no row. */
export interface ReferenceBins {
  readonly edges: readonly number[];
  /** One a bin, the missing ones last. */
  readonly counts: readonly number[];
}

/** @param edges ascending; the distinct inner deciles of the reference where they are not given */
export function referenceBins(reference: ArrayLike<number>, edges = innerQuantiles(reference, 10)): ReferenceBins {
  return { edges, counts: tally(reference, edges) };
}

/** The index of a current part against a reference of which only its bins are there. */
export function stabilityAgainst(
  { edges, counts: referenceTally }: ReferenceBins,
  current: ArrayLike<number>,
  { epsilon = 1e-4 }: PsiOptions = {},
): Psi {
  const currentTally = tally(current, edges);
  const hasMissingBin = (referenceTally.at(-1) ?? 0) + (currentTally.at(-1) ?? 0) > 0;
  const used = edges.length + (hasMissingBin ? 2 : 1);
  const referenceCounts = referenceTally.slice(0, used);
  const currentCounts = currentTally.slice(0, used);
  const contributions = stabilityTerms(referenceCounts, currentCounts, epsilon);
  const psi = contributions.reduce((sum, term) => sum + term, 0);
  const rows = referenceTally.reduce((sum, count) => sum + count, 0);
  const nullProbability = chanceOfStability(psi, { reference: rows, current: current.length, bins: used });
  return { psi, edges, hasMissingBin, referenceCounts, currentCounts, contributions, nullProbability };
}

/** P(an index this large | same distribution) for so many rows on each side and so many bins; NaN for one bin. */
export function chanceOfStability(
  psi: number,
  { reference, current, bins }: { readonly reference: number; readonly current: number; readonly bins: number },
): number {
  const scale = (reference * current) / (reference + current);
  return bins > 1 ? chiSquareTail(psi * scale, bins - 1) : Number.NaN;
}

/** (c − r)·ln(c/r) of each bin, from counts; their sum is the index. */
export function stabilityTerms(referenceCounts: readonly number[], currentCounts: readonly number[], epsilon = 1e-4): readonly number[] {
  const [referenceTotal, currentTotal] = [referenceCounts, currentCounts].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  return referenceCounts.map((count, bin) => {
    const expected = Math.max(epsilon, count / (referenceTotal ?? 0));
    const actual = Math.max(epsilon, (currentCounts[bin] ?? 0) / (currentTotal ?? 0));
    return (actual - expected) * Math.log(actual / expected);
  });
}

function innerQuantiles(reference: ArrayLike<number>, bins: number): readonly number[] {
  const present = presentOnes(reference);
  const sorted = pickRows(present, rowsByValue(present));
  const least = sorted[0] ?? Number.NaN;
  const inner = Array.from({ length: bins - 1 }, (_, at) => quantileOfSorted(sorted, (at + 1) / bins));
  return inner.filter((edge, at) => edge > least && edge !== inner[at - 1]);
}

function presentOnes(values: ArrayLike<number>): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present.subarray(0, count);
}

/** Counts a bin, the missing ones last. */
function tally(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 2 }, () => 0);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    const bin = Number.isNaN(value) ? edges.length + 1 : countAtMost(edges, value);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** How many ascending edges are ≤ value, by bisection. */
function countAtMost(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
