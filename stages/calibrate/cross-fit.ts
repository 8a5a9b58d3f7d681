import { applyCalibrator } from './apply-calibrator.ts';
import { type CalibrationMethod, fitCalibrator } from './fit-calibrator.ts';
import type { Oof } from './oof.ts';

/** Calibrated probabilities where each row's calibration was fitted on the other folds: what a choice may be made on. */
export function crossFit(method: CalibrationMethod, { target, fold, probability }: Oof): Float64Array {
  const calibrated = new Float64Array(target.length);
  for (const number of new Set(fold)) {
    const [inside, outside]: [number[], number[]] = [[], []];
    fold.forEach((value, row) => (value === number ? inside : outside).push(row));
    const at = (rows: readonly number[], values: ArrayLike<number>): Float64Array =>
      Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
    const calibrator = fitCalibrator(method, { target: at(outside, target), probability: at(outside, probability) });
    const values = applyCalibrator(calibrator, at(inside, probability));
    inside.forEach((row, index) => {
      calibrated[row] = values[index] ?? Number.NaN;
    });
  }
  return calibrated;
}
