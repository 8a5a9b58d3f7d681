import { assertNever } from '../../pipeline/index.ts';
import type { Calibrator } from './stage.ts';

/** Probabilities of exactly 0 or 1 have no log-odds: they are moved in by a double's epsilon, as scikit-learn's log-loss does. */
const EDGE = Number.EPSILON;

/**
 * Calibrated probabilities, one a row, in the order given.
 * @param probabilities the model's own, each in [0, 1]; NaN stays NaN
 */
export function applyCalibrator(calibrator: Calibrator, probabilities: ArrayLike<number>): Float64Array {
  const map = calibration(calibrator);
  // A loop: estimates with bands call this with millions of rows, and an array's `from` asks an iterator for each.
  const calibrated = new Float64Array(probabilities.length);
  for (let row = 0; row < calibrated.length; row++) calibrated[row] = map(probabilities[row] ?? Number.NaN);
  return calibrated;
}

/** The map itself, for one probability at a time. */
export function calibration(calibrator: Calibrator): (probability: number) => number {
  switch (calibrator.method) {
    case 'none':
      return (probability) => probability;
    case 'platt':
      return (probability) => sigmoid(calibrator.a * logit(probability) + calibrator.b);
    case 'beta':
      return (probability) => {
        const p = inside(probability);
        return sigmoid(calibrator.a * Math.log(p) - calibrator.b * Math.log1p(-p) + calibrator.c);
      };
    case 'isotonic':
      return (probability) => interpolate(calibrator.x, calibrator.y, probability);
    default:
      return assertNever(calibrator);
  }
}

/** ln(p / (1 − p)), p kept inside (0, 1). */
export function logit(probability: number): number {
  const p = inside(probability);
  return Math.log(p) - Math.log1p(-p);
}

/** 1 / (1 + e^−x) without overflow on either side. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

function inside(probability: number): number {
  return Math.min(1 - EDGE, Math.max(EDGE, probability));
}

/** Linear between the points (x ascending), clipped outside them. */
function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  if (Number.isNaN(at)) return Number.NaN;
  let [low, high] = [0, x.length - 1];
  if (at <= (x[low] ?? Number.NaN)) return y[low] ?? Number.NaN;
  if (at >= (x[high] ?? Number.NaN)) return y[high] ?? Number.NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? Number.NaN) <= at) low = middle;
    else high = middle;
  }
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [x[low], x[high], y[low], y[high]];
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}
