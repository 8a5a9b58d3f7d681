import { stabilityTerms } from '../../metrics/psi.ts';
import type { DistinctTable, NumericTable } from './distinct-table.ts';
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

/** What a bin holds: values from (inclusive) and to (exclusive), null for an open end; one value where both are the same; one level; all other levels; what is missing. */
export interface BinEnds {
  readonly kind: 'values' | 'level' | 'others' | 'missing';
  readonly label: string | null;
  readonly from: number | null;
  readonly to: number | null;
}

export interface PsiBins extends BinCounts {
  /** One a bin. */
  readonly ends: readonly BinEnds[];
}

/**
 * Counts by bin: bins at the reference's deciles with open ends, or one a level, and the last for missing values where there
 * are any. A value that fills a decile alone has a bin of its own, so that a flag or a sentinel cannot hide.
 */
export function psiBins(table: DistinctTable, missing: { readonly reference: number; readonly current: number }): PsiBins {
  const bins = table.kind === 'num' && table.distinct.reference > FEW_VALUES ? decileCounts(table) : levelCounts(table);
  if (missing.reference + missing.current === 0) return bins;
  return {
    reference: [...bins.reference, missing.reference],
    current: [...bins.current, missing.current],
    ends: [...bins.ends, { kind: 'missing', label: null, from: null, to: null }],
  };
}

function levelCounts(table: DistinctTable): PsiBins {
  const { reference, current } = table;
  const order = Array.from(reference.keys()).toSorted((a, b) => (reference[b] ?? 0) - (reference[a] ?? 0) || a - b);
  const [kept, others] = [order.slice(0, MOST_LEVELS), order.slice(MOST_LEVELS)];
  const pick = (counts: Float64Array): number[] => {
    const own = kept.map((index) => counts[index] ?? 0);
    const rest = others.reduce((sum, index) => sum + (counts[index] ?? 0), 0);
    return others.length > 0 ? [...own, rest] : own;
  };
  const ends = kept.map((index): BinEnds => {
    if (table.kind === 'cat') return { kind: 'level', label: table.levels[index] ?? '', from: null, to: null };
    const value = table.values[index] ?? null;
    return { kind: 'values', label: null, from: value, to: value };
  });
  const rest: BinEnds[] = others.length > 0 ? [{ kind: 'others', label: null, from: null, to: null }] : [];
  return { reference: pick(reference), current: pick(current), ends: [...ends, ...rest] };
}

function decileCounts(table: NumericTable): PsiBins {
  const inner = decileEdges(table);
  const edges = Float64Array.of(Number.NEGATIVE_INFINITY, ...inner, Number.POSITIVE_INFINITY);
  const count = (counts: Float64Array): number[] => Array.from(histogram(table.values, counts, edges));
  const ends = [null, ...inner].map((from, at): BinEnds => ({ kind: 'values', label: null, from, to: inner[at] ?? null }));
  return { reference: count(table.reference), current: count(table.current), ends };
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
