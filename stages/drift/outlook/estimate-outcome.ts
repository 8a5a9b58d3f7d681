import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { CalibrationMethod } from '../../calibrate/fit-calibrator.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import type { Costs } from '../../metrics/cost.ts';
import { effectiveSampleSize } from '../estimate/effective-sample-size.ts';
import { type Estimate, estimatePerformance, type Figure, type OutOfFold, type Population } from '../estimate/estimate-performance.ts';
import { expectedPerformance } from '../estimate/expected-performance.ts';
import { placesOf } from './every-few-rows.ts';
import { finiteOrNull } from './finite-or-null.ts';
import type { EstimatedPopulations, EstimateResult } from './outlook-schema.ts';
import { ENOUGH_ROWS } from './read-labelled.ts';
import { LEAST_ROWS } from './tell-apart.ts';

const REPLICATES = 100;
const SEED = 21;

export interface OutcomeToEstimate {
  /** Labelled reference rows with scores of models not fitted to them. */
  readonly labelled: OutOfFold;
  /** The current rows' own probabilities, uncalibrated. */
  readonly current: ArrayLike<number>;
  readonly calibrator: Calibrator;
  /** How the labelled rows are calibrated for the estimate; the calibrator's own method where absent. */
  readonly method?: CalibrationMethod;
  /** Refused from this calibrated probability on. */
  readonly threshold: number;
  readonly costs: Costs;
}

/** What the decisions on the current rows will come to, before any outcome; null with too few labelled rows or one class only. */
export function estimateOutcome(given: OutcomeToEstimate): EstimateResult | null {
  const { calibrator, threshold, costs, current, method = calibrator.method } = given;
  const { target, probability, weight } = byScore(given.labelled);
  const isKnown = target.length >= LEAST_ROWS && current.length >= LEAST_ROWS;
  if (!isKnown || new Set(Array.from(target)).size < 2) return null;
  const decide = (of: ArrayLike<number>): Uint8Array => Uint8Array.from(applyCalibrator(calibrator, of), (p) => (p >= threshold ? 1 : 0));
  const options = { method, refused: decide(current), costs, replicates: REPLICATES, seed: SEED };
  const of = (reference: OutOfFold, how = method): EstimatedPopulations =>
    plain(estimatePerformance(enoughOf(reference), current, { ...options, method: how }));
  const refused = decide(probability);
  const before = expectedPerformance({ score: probability, probability: target, refused }, costs);
  return {
    threshold,
    costs,
    calibration: method,
    reference: {
      rows: target.length,
      auc: finiteOrNull(before.auc),
      defaultRate: finiteOrNull(before.defaultRate),
      costPerLoan: finiteOrNull(before.costPerLoan),
      costStandardError: finiteOrNull(costStandardError({ target, refused }, costs)),
    },
    confidenceBased: of({ target, probability }),
    // Without a calibration to fit there is nothing for weights to change: then Platt's two numbers are fitted.
    weighted: weight === undefined ? null : of({ target, probability, weight }, method === 'none' ? 'platt' : method),
    effectiveSampleSize: weight === undefined ? null : effectiveSampleSize(weight),
  };
}

/** Every few of rows in order of score where there are many: a calibration gains nothing from more, and the bands fit it a hundred times. */
export function enoughOf(labelled: OutOfFold): OutOfFold {
  if (labelled.target.length <= ENOUGH_ROWS) return labelled;
  const { target, probability, weight } = byScore(labelled);
  const places = placesOf(target.length, ENOUGH_ROWS);
  const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(places, (row) => values[row] ?? Number.NaN);
  return { target: pick(target), probability: pick(probability), ...(weight === undefined ? {} : { weight: pick(weight) }) };
}

/** By score and outcome: a profile has no other order, and the bands must not depend on it. */
function byScore({ target, probability, weight }: OutOfFold): OutOfFold {
  const order = Uint32Array.from({ length: target.length }, (_, row) => row).toSorted(
    (a, b) => (probability[a] ?? 0) - (probability[b] ?? 0) || (target[a] ?? 0) - (target[b] ?? 0) || a - b,
  );
  const sorted = (values: ArrayLike<number>): Float64Array => Float64Array.from(order, (row) => values[row] ?? Number.NaN);
  return { target: sorted(target), probability: sorted(probability), ...(weight === undefined ? {} : { weight: sorted(weight) }) };
}

/** Standard error of the mean cost over rows whose outcome is known. */
export function costStandardError(
  { target, refused }: { readonly target: ArrayLike<number>; readonly refused: ArrayLike<number> },
  costs: Costs,
): number {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const cost = target[row] === 1 ? (refused[row] === 1 ? 0 : costs.falseNegative) : refused[row] === 1 ? costs.falsePositive : 0;
    sum += cost;
    squares += cost * cost;
  }
  const mean = sum / target.length;
  return Math.sqrt(Math.max(0, squares / target.length - mean * mean) / Math.max(1, target.length - 1));
}

function plain(estimates: Readonly<Record<Population, Estimate>>): EstimatedPopulations {
  const one = ({ rows, ...figures }: Estimate): EstimatedPopulations['all'] => ({
    rows,
    auc: known(figures.auc),
    averagePrecision: known(figures.averagePrecision),
    precision: known(figures.precision),
    recall: known(figures.recall),
    f1: known(figures.f1),
    defaultRate: known(figures.defaultRate),
    costPerLoan: known(figures.costPerLoan),
  });
  return { all: one(estimates.all), approved: one(estimates.approved), rejected: one(estimates.rejected) };
}

function known({ value, lo, hi }: Figure): EstimatedPopulations['all']['auc'] {
  return { value: finiteOrNull(value), lo: finiteOrNull(lo), hi: finiteOrNull(hi) };
}
