import { stabilityTerms } from '../../metrics/psi.ts';
import { type DistinctTable, type NumericTable, distinctOf } from './distinct-table.ts';
import { firstAbove, histogram } from './histogram.ts';
import { quantilesOfCounts } from './quantile-of-counts.ts';

/** A number with at most so many distinct reference values is compared value by value. */
const FEW_VALUES = 10;
/** Levels beyond the most frequent so many of the reference share one bin. */
const MOST_LEVELS = 100;
const DECILES = 10;

export interface BinCounts {
  readonly reference: number[];
  readonly current: number[];
}

/**
 * Population stability index Σ (c − r) ln(c/r) as credit risk uses it, over {@link psiBins}. An empty bin counts as 0.0001.
 */
export function bankingPsi(table: DistinctTable, missing: { readonly reference: number; readonly current: number }): number {
  return psiOfBins(psiBins(table, missing));
}

/** The index of counts by bin. */
export function psiOfBins({ reference, current }: Readonly<Record<keyof BinCounts, readonly number[]>>): number {
  return stabilityTerms(reference, current).reduce((sum, term) => sum + term, 0);
}

/**
 * Counts by bin: bins at the reference's deciles with open ends, or one a level, and the last for missing values where there
 * are any. A value that fills a decile alone has a bin of its own, so that a flag or a sentinel cannot hide.
 */
export function psiBins(table: DistinctTable, missing: { readonly reference: number; readonly current: number }): BinCounts {
  const counts = table.kind === 'num' && distinctOf(table.reference, FEW_VALUES) > FEW_VALUES ? decileCounts(table) : levelCounts(table);
  if (missing.reference + missing.current === 0) return counts;
  return { reference: [...counts.reference, missing.reference], current: [...counts.current, missing.current] };
}

function levelCounts({ reference, current }: DistinctTable): BinCounts {
  const order = Array.from(reference.keys()).toSorted((a, b) => (reference[b] ?? 0) - (reference[a] ?? 0) || a - b);
  const pick = (counts: Float64Array): number[] => {
    const kept = order.slice(0, MOST_LEVELS).map((index) => counts[index] ?? 0);
    const rest = order.slice(MOST_LEVELS).reduce((sum, index) => sum + (counts[index] ?? 0), 0);
    return order.length > MOST_LEVELS ? [...kept, rest] : kept;
  };
  return { reference: pick(reference), current: pick(current) };
}

function decileCounts(table: NumericTable): BinCounts {
  const edges = Float64Array.of(Number.NEGATIVE_INFINITY, ...decileEdges(table), Number.POSITIVE_INFINITY);
  const count = (counts: Float64Array): number[] => Array.from(histogram(table.values, counts, edges));
  return { reference: count(table.reference), current: count(table.current) };
}

/** Ascending left ends of all bins but the first, which is open. */
function decileEdges({ values, reference, nReference }: NumericTable): number[] {
  const edges = new Set<number>();
  const probabilities = Array.from({ length: DECILES }, (_, decile) => decile / DECILES);
  const quantiles = quantilesOfCounts(values, { counts: reference, total: nReference }, probabilities);
  let previous = quantiles[0] ?? Number.NaN;
  const least = previous;
  for (const edge of quantiles.subarray(1)) {
    if (edge > least) edges.add(edge);
    if (edge === previous) {
      const next = values[firstAbove(values, edge)];
      if (next !== undefined) edges.add(next);
    }
    previous = edge;
  }
  return [...edges].toSorted((a, b) => a - b);
}
