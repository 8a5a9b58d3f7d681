import type { DistinctTable, EvidentlyMode } from './distinct-table.ts';
import { histogram } from './histogram.ts';
import { sturgesEdges } from './sturges-edges.ts';

export interface Shares {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** More distinct reference values than this, and a numeric column is binned. */
const MAX_LEVELS = 20;

/**
 * Evidently's `get_binned_data`: Sturges bins over both parts for a numeric column with more than 20 distinct
 * reference values, else one bin a value. Shares of each part's own rows.
 */
export function binnedShares(table: DistinctTable, mode: EvidentlyMode): Shares {
  const { nReference, nCurrent } = table;
  if (table.kind === 'cat' || table.distinct.reference <= MAX_LEVELS) {
    return { reference: table.reference.map((count) => count / nReference), current: table.current.map((count) => count / nCurrent) };
  }
  const { values, precision } = table;
  const edges = sturgesEdges(values[0] ?? 0, values[values.length - 1] ?? 0, nReference + nCurrent, { mode, precision });
  return {
    reference: histogram(values, table.reference, edges).map((count) => count / nReference),
    current: histogram(values, table.current, edges).map((count) => count / nCurrent),
  };
}

/**
 * Evidently's filler for empty bins, each part on its own and without renormalising: 0.0001, or a millionth of the
 * smallest share where that share is at most 0.0001.
 */
export function fillZeros({ reference, current }: Shares): Shares {
  return { reference: fill(reference), current: fill(current) };
}

function fill(shares: Float64Array): Float64Array {
  const smallest = shares.reduce((least, share) => (share > 0 && share < least ? share : least), Number.POSITIVE_INFINITY);
  const filler = smallest <= 0.0001 ? smallest / 1e6 : 0.0001;
  return shares.map((share) => (share === 0 ? filler : share));
}

/** Shares that sum to one again. */
export function normalised(shares: Float64Array): Float64Array {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
