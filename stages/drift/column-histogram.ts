import { histogram } from './maths/histogram.ts';
import type { DistinctTable, LevelTable, NumericTable } from './maths/distinct-table.ts';
import type { ColumnScan } from './scan/scan-column.ts';

export interface ColumnHistogram {
  readonly labels: string[];
  /** Shares of all rows of the part; with the missing ones they sum to 1. */
  readonly reference: number[];
  readonly current: number[];
}

const MOST_BARS = 12;
const BINS = 10;
/** The bins span this share of the pooled rows; what lies outside is counted in the end bins. */
const [LOWEST, HIGHEST] = [0.01, 0.99];

/** What the page draws for a column: bars of values or levels, and a last one for missing values. */
export function columnHistogram({ table, missing }: ColumnScan): ColumnHistogram {
  const bars = table.kind === 'num' && table.values.length > MOST_BARS ? binnedBars(table) : valueBars(table);
  const rows = { reference: table.nReference + missing.reference, current: table.nCurrent + missing.current };
  return {
    labels: [...bars.labels, 'missing'],
    reference: [...bars.reference, missing.reference].map((count) => count / rows.reference),
    current: [...bars.current, missing.current].map((count) => count / rows.current),
  };
}

function valueBars(table: DistinctTable): ColumnHistogram {
  if (table.kind === 'cat') return levelBars(table);
  return { labels: Array.from(table.values, formatEdge), reference: Array.from(table.reference), current: Array.from(table.current) };
}

/** The most frequent levels, then the others together. */
function levelBars({ levels, reference, current, nReference, nCurrent }: LevelTable): ColumnHistogram {
  const weight = (index: number): number =>
    (reference[index] ?? 0) / Math.max(nReference, 1) + (current[index] ?? 0) / Math.max(nCurrent, 1);
  const order = Array.from(levels.keys()).toSorted((a, b) => weight(b) - weight(a) || a - b);
  const kept = order.length > MOST_BARS ? order.slice(0, MOST_BARS - 1) : order;
  const rest = order.slice(kept.length);
  const pick = (counts: Float64Array): number[] => {
    const own = kept.map((index) => counts[index] ?? 0);
    return rest.length === 0 ? own : [...own, rest.reduce((sum, index) => sum + (counts[index] ?? 0), 0)];
  };
  const labels = kept.map((index) => (levels[index] === '' ? '(empty text)' : (levels[index] ?? '')));
  return { labels: rest.length === 0 ? labels : [...labels, `${rest.length} others`], reference: pick(reference), current: pick(current) };
}

function binnedBars(table: NumericTable): ColumnHistogram {
  const edges = barEdges(table);
  const labels = Array.from({ length: BINS }, (_, bin) => {
    if (bin === 0) return `below ${formatEdge(edges[1] ?? 0)}`;
    if (bin === BINS - 1) return `${formatEdge(edges[bin] ?? 0)} and above`;
    return `${formatEdge(edges[bin] ?? 0)} to ${formatEdge(edges[bin + 1] ?? 0)}`;
  });
  const open = Float64Array.from(edges, (edge, at) =>
    at === 0 ? Number.NEGATIVE_INFINITY : at === BINS ? Number.POSITIVE_INFINITY : edge,
  );
  const count = (weights: Float64Array): number[] => Array.from(histogram(table.values, weights, open));
  return { labels, reference: count(table.reference), current: count(table.current) };
}

function barEdges({ values, reference, current, nReference, nCurrent }: NumericTable): Float64Array {
  let [low, high] = shareBounds({ values, reference, current, nReference, nCurrent });
  if (!(low < high)) [low, high] = [values[0] ?? 0, values[values.length - 1] ?? 1];
  return Float64Array.from({ length: BINS + 1 }, (_, index) => low + ((high - low) * index) / BINS);
}

/** The values up to which {@link LOWEST} and {@link HIGHEST} of the rows lie, both parts counting alike. */
function shareBounds(table: Pick<NumericTable, 'values' | 'reference' | 'current' | 'nReference' | 'nCurrent'>): [number, number] {
  const { values, reference, current, nReference, nCurrent } = table;
  const end = values[values.length - 1] ?? 0;
  // Shares of both parts over a common denominator, in whole numbers.
  const whole = 2 * nReference * nCurrent;
  let [before, after, low] = [0, 0, Number.NaN];
  for (let at = 0; at < values.length; at++) {
    before += reference[at] ?? 0;
    after += current[at] ?? 0;
    const seen = before * nCurrent + after * nReference;
    if (Number.isNaN(low) && seen >= LOWEST * whole) low = values[at] ?? 0;
    if (seen >= HIGHEST * whole) return [low, values[at] ?? 0];
  }
  return [Number.isNaN(low) ? end : low, end];
}

function formatEdge(value: number): string {
  return String(Number(value.toPrecision(4)));
}
