import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { Calibrator } from '../../calibrate/stage.ts';

/**
 * The numbers of {@link applyCalibrator}, one a row, for rows whose order is known: an isotonic map is then walked along with them instead of searched for each.
 * @param order rows by descending probability, none of them NaN unless last
 */
export function applyToRanked(calibrator: Calibrator, probability: ArrayLike<number>, order: Uint32Array): Float64Array {
  if (calibrator.method !== 'isotonic') return applyCalibrator(calibrator, probability);
  const { x, y } = calibrator;
  const [xs, ys, last] = [Float64Array.from(x), Float64Array.from(y), x.length - 1];
  const calibrated = new Float64Array(probability.length);
  const [lowest, highest] = [xs[0] ?? Number.NaN, xs[last] ?? Number.NaN];
  let low = 0;
  for (let at = order.length - 1; at >= 0; at--) {
    const row = order[at] ?? 0;
    const p = probability[row] ?? Number.NaN;
    if (p <= lowest) calibrated[row] = ys[0] ?? Number.NaN;
    else if (p >= highest) calibrated[row] = ys[last] ?? Number.NaN;
    else {
      while (low < last - 1 && (xs[low + 1] ?? 0) <= p) low++;
      const [x0, y0] = [xs[low] ?? 0, ys[low] ?? 0];
      calibrated[row] = y0 + (((ys[low + 1] ?? 0) - y0) * (p - x0)) / ((xs[low + 1] ?? 0) - x0);
    }
  }
  return calibrated;
}
