import { CALIBRATION_METHODS, type CalibrationMethod } from './fit-calibrator.ts';
import { rowLosses } from './row-losses.ts';

/**
 * The simplest method whose cross-fitted log-loss is within one standard error of the best one's. The error is that of the
 * mean paired difference: both methods are judged on the same rows, and what these have in common drops out.
 * @param calibrated cross-fitted probabilities by method
 */
export function chooseMethod(
  target: ArrayLike<number>,
  calibrated: Readonly<Record<CalibrationMethod, ArrayLike<number>>>,
): CalibrationMethod {
  const candidates = CALIBRATION_METHODS.map((method) => {
    const losses = rowLosses(target, calibrated[method]);
    return { method, losses, total: losses.reduce((sum, loss) => sum + loss, 0) };
  });
  const best = candidates.reduce((least, candidate) => (candidate.total < least.total ? candidate : least));
  const chosen = candidates.find(({ losses }) => {
    const { mean, standardError } = pairedDifference(losses, best.losses);
    return mean <= standardError;
  });
  return chosen?.method ?? best.method;
}

/** Mean of left − right and its standard error. */
function pairedDifference(left: Float64Array, right: Float64Array): { readonly mean: number; readonly standardError: number } {
  const differences = left.map((value, row) => value - (right[row] ?? Number.NaN));
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (differences.length - 1) / differences.length) };
}
