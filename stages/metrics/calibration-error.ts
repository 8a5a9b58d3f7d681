import { descendingOrder, isAscending } from './ranked-counts.ts';
import { rowNumbers } from './row-order.ts';

/** Rows whose probabilities lie together. */
export interface CalibrationBin {
  readonly count: number;
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share that defaulted. */
  readonly observed: number;
}

/**
 * Bins of equal count: rows sorted by probability, stably, and cut as numpy's array_split does (the first n mod k bins have
 * one row more). Fewer rows than bins leave the surplus bins out.
 * @param multiplicity how often each row counts, a whole number; 1 where absent (for bootstrap resamples)
 */
export function equalMassBins(
  target: ArrayLike<number>,
  probability: ArrayLike<number>,
  bins = 10,
  multiplicity?: ArrayLike<number>,
): readonly CalibrationBin[] {
  const order = ascendingOrder(probability);
  let total = multiplicity === undefined ? order.length : 0;
  if (multiplicity !== undefined) for (const row of order) total += multiplicity[row] ?? 0;
  const sizes = Array.from({ length: Math.min(bins, total) }, (_, bin) => Math.floor(total / bins) + (bin < total % bins ? 1 : 0));
  const found: CalibrationBin[] = [];
  let [current, room] = [emptyBin(), sizes[0] ?? 0];
  for (const row of order) {
    let left = multiplicity === undefined ? 1 : (multiplicity[row] ?? 0);
    while (left > 0) {
      const taken = left < room ? left : room;
      current.count += taken;
      current.predicted += taken * (probability[row] ?? Number.NaN);
      if (target[row] === 1) current.observed += taken;
      left -= taken;
      room -= taken;
      if (room === 0) {
        found.push(closeBin(current));
        current = emptyBin();
        room = sizes[found.length] ?? 0;
      }
    }
  }
  return found;
}

/** Bins of equal width on [0, 1]: [k/n, (k+1)/n), the last one closed; empty bins are left out. */
export function equalWidthBins(target: ArrayLike<number>, probability: ArrayLike<number>, bins = 10): readonly CalibrationBin[] {
  const open = Array.from({ length: bins }, emptyBin);
  for (let row = 0; row < target.length; row++) {
    const p = probability[row] ?? Number.NaN;
    const bin = open[widthBin(p, bins)];
    if (bin === undefined) throw new RangeError(`probability of row ${row} is ${p}, outside 0 to 1`);
    bin.count += 1;
    bin.predicted += p;
    bin.observed += target[row] === 1 ? 1 : 0;
  }
  return open.filter(({ count }) => count > 0).map(closeBin);
}

/** Expected calibration error: Σ (bin's share of rows)·|observed − predicted| (Naeini et al. 2015). NaN for no bins. */
export function binnedCalibrationError(bins: readonly CalibrationBin[]): number {
  let [sum, total] = [0, 0];
  for (const { count, predicted, observed } of bins) {
    sum += count * Math.abs(observed - predicted);
    total += count;
  }
  return sum / total;
}

/** Maximum calibration error: the largest |observed − predicted| of a bin. NaN for no bins. */
export function maximumCalibrationError(bins: readonly CalibrationBin[]): number {
  return bins.length === 0 ? Number.NaN : Math.max(...bins.map(({ predicted, observed }) => Math.abs(observed - predicted)));
}

/** Expected calibration error over ten bins of equal count: the project's ECE. See {@link equalMassBins}. */
export function expectedCalibrationError(
  target: ArrayLike<number>,
  probability: ArrayLike<number>,
  bins = 10,
  multiplicity?: ArrayLike<number>,
): number {
  return binnedCalibrationError(equalMassBins(target, probability, bins, multiplicity));
}

/** k such that k/n ≤ p < (k+1)/n by comparison with the edges: ⌊p·n⌋ alone is off by one where p·n rounds. −1 outside 0 to 1. */
function widthBin(p: number, bins: number): number {
  if (!(p >= 0 && p <= 1)) return -1;
  let bin = Math.min(bins - 1, Math.floor(p * bins));
  if (bin > 0 && p < bin / bins) bin -= 1;
  else if (bin < bins - 1 && p >= (bin + 1) / bins) bin += 1;
  return bin;
}

interface OpenBin {
  count: number;
  predicted: number;
  observed: number;
}

const emptyBin = (): OpenBin => ({ count: 0, predicted: 0, observed: 0 });
const closeBin = ({ count, predicted, observed }: OpenBin): CalibrationBin => ({
  count,
  predicted: predicted / count,
  observed: observed / count,
});

/** Ascending, equal values in row order. */
function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  if (isAscending(values)) return rowNumbers(values.length);
  return descendingOrder(Float64Array.from(values, (value) => -value));
}
