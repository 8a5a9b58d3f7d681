import type { EvidentlyMode, NumericTable } from './distinct-table.ts';

interface SturgesOptions {
  readonly mode: EvidentlyMode;
  readonly precision: NumericTable['precision'];
}

/**
 * The edges of `numpy.histogram_bin_edges(x, 'sturges')` for `size` values between `min` and `max`:
 * width (max − min) / (log2(size) + 1), equal bins, the last edge exact.
 * NumPy from 2.1 on gives integers no width under 1 (mode 0.7).
 */
export function sturgesEdges(min: number, max: number, size: number, { mode, precision }: SturgesOptions): Float64Array {
  const round = precision === 'float32' ? Math.fround : (value: number): number => value;
  const first = min === max ? min - 0.5 : min;
  const last = min === max ? max + 0.5 : max;
  const bins = binCount(round(max - min), { delta: round(last - first), size, narrow: mode === '0.7' && precision === 'integer' });
  const step = round(round(last - first) / bins);
  const edges = Float64Array.from({ length: bins + 1 }, (_, index) => round(round(index * step) + first));
  edges[bins] = last;
  return edges;
}

function binCount(range: number, { delta, size, narrow }: { delta: number; size: number; narrow: boolean }): number {
  const width = range / (Math.log2(size) + 1);
  if (width === 0) return 1;
  return Math.ceil(delta / (narrow && width < 1 ? 1 : width));
}
