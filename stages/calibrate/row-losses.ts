import { logLoss } from '../metrics/log-loss.ts';

/** Log-loss of each row, nats, clipped as the metric clips it. */
export function rowLosses(target: ArrayLike<number>, probability: ArrayLike<number>): Float64Array {
  return Float64Array.from(target, (value, row) => logLoss([value], [probability[row] ?? Number.NaN]));
}
