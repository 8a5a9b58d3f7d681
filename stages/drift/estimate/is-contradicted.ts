import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { CalibrationMethod } from '../../calibrate/fit-calibrator.ts';
import { fitPlatt } from '../../calibrate/fit-platt.ts';
import type { LabelledScores } from '../../calibrate/labelled-scores.ts';

/** χ² with two degrees of freedom exceeds this with p = 0.001: −2 ln 0.001. */
const BEYOND_CHANCE = 13.8155;

/** A model that calibrates nothing ("none") is taken at its word until the reference's outcomes contradict it: then Platt's two numbers are fitted. */
export function methodHeldTo(reference: LabelledScores, method: CalibrationMethod): CalibrationMethod {
  return method === 'none' && isContradicted(reference) ? 'platt' : method;
}

/** Whether outcomes say, beyond chance, that the probabilities are not what they claim to be: Platt's two numbers explain them better (likelihood ratio). */
export function isContradicted(scores: LabelledScores): boolean {
  const { target, probability } = scores;
  const plain = logLikelihood(target, probability);
  const fitted = logLikelihood(target, applyCalibrator(fitPlatt(scores), probability));
  return 2 * (fitted - plain) > BEYOND_CHANCE;
}

function logLikelihood(target: ArrayLike<number>, probability: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const p = probability[row] ?? Number.NaN;
    sum += Math.log(target[row] === 1 ? p : 1 - p);
  }
  return sum;
}
