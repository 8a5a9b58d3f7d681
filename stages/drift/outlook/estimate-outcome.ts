import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { CalibrationMethod } from '../../calibrate/fit-calibrator.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import type { Costs } from '../../metrics/cost.ts';
import { byScore } from '../estimate/by-score.ts';
import { effectiveSampleSize } from '../estimate/effective-sample-size.ts';
import type { Population } from '../estimate/drawn-performance.ts';
import { type Estimate, estimatePerformance, type OutOfFold } from '../estimate/estimate-performance.ts';
import { expectedPerformance } from '../estimate/expected-performance.ts';
import { methodHeldTo } from '../estimate/is-contradicted.ts';
import { pickLabelled } from '../estimate/pick-labelled.ts';
import { rowsWhere } from '../../metrics/picked-rows.ts';
import { ENOUGH_ROWS, placesOf } from './every-few-rows.ts';
import { finiteFigure, finiteOrNull } from './finite-or-null.ts';
import type { EstimatedPopulations, EstimateResult } from './outlook-schema.ts';
import { expectedSwaps } from './expected-swaps.ts';
import { LEAST_ROWS } from './tell-apart.ts';
import { usualFigures } from './usual-figures.ts';

/** How the bands of an estimate are drawn. */
export const RESAMPLING = { replicates: 100, seed: 21 } as const;

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
  const plainly = estimatePlainly(given);
  return plainly === null ? null : wholeEstimate(plainly, estimateByLikeness(given));
}

/** What weights of likeness have no part in. */
export type PlainEstimate = Omit<EstimateResult, keyof LikenessEstimate>;
/** What they decide. */
export type LikenessEstimate = Pick<EstimateResult, 'weighted' | 'effectiveSampleSize' | 'swapSet'>;

export function wholeEstimate(plainly: PlainEstimate, { weighted, effectiveSampleSize: size, swapSet }: LikenessEstimate): EstimateResult {
  const { threshold, costs, calibration, reference, confidenceBased, usual } = plainly;
  return { threshold, costs, calibration, reference, confidenceBased, weighted, effectiveSampleSize: size, usual, swapSet };
}

/** Null as {@link estimateOutcome}. */
export function estimatePlainly(given: OutcomeToEstimate): PlainEstimate | null {
  const { threshold, costs, current } = given;
  const labelled = byScore(given.labelled);
  const { target, probability } = labelled;
  if (!isEstimable(given)) return null;
  const refused = decide(given, probability);
  const descending = Uint32Array.from({ length: target.length }, (_, at) => target.length - 1 - at);
  const before = expectedPerformance({ score: probability, probability: target, refused }, costs, descending);
  const options = optionsOf(given);
  const rows = thinned({ target, probability });
  const method = methodHeldTo(rows, options.method);
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
    confidenceBased: plain(estimatePerformance(rows, current, { ...options, method })),
    usual: usualFigures({ target, probability, refused }, costs, RESAMPLING.seed),
  };
}

/** Whether there are rows and outcomes enough. */
export function isEstimable({ labelled: { target }, current }: OutcomeToEstimate): boolean {
  return target.length >= LEAST_ROWS && current.length >= LEAST_ROWS && !isAllAlike(target);
}

/** Of an outcome that {@link isEstimable}. */
export function estimateByLikeness(given: OutcomeToEstimate): LikenessEstimate {
  const labelled = byScore(given.labelled);
  const { weight } = labelled;
  const options = optionsOf(given);
  // Without a calibration to fit there is nothing for weights to change: then Platt's two numbers are fitted.
  const method = options.method === 'none' ? 'platt' : options.method;
  const rows = thinned(weighing(labelled));
  return {
    weighted: weight === undefined ? null : plain(estimatePerformance(rows, given.current, { ...options, method })),
    effectiveSampleSize: weight === undefined ? null : effectiveSampleSize(weight),
    swapSet: expectedSwaps(rows, given.current, options),
  };
}

function optionsOf({ calibrator, method = calibrator.method, threshold, costs, current }: OutcomeToEstimate) {
  const refused = decide({ calibrator, threshold }, current);
  return { method, refused, costs, ...RESAMPLING };
}

/** 1 for refused. */
function decide({ calibrator, threshold }: Pick<OutcomeToEstimate, 'calibrator' | 'threshold'>, of: ArrayLike<number>): Float64Array {
  return applyCalibrator(calibrator, of).map((p) => (p >= threshold ? 1 : 0));
}

/** Every few of rows in order of score where there are many: a calibration gains nothing from more, and the bands fit it a hundred times. */
export function enoughOf(labelled: OutOfFold): OutOfFold {
  return labelled.target.length <= ENOUGH_ROWS ? labelled : thinned(byScore(labelled));
}

/** Without rows that weigh nothing, because nobody looked whom they resemble: thinned out with them, few others would be left. */
function weighing(labelled: OutOfFold): OutOfFold {
  const { target, weight } = labelled;
  if (weight === undefined) return labelled;
  const rows = rowsWhere(target.length, (row) => (weight[row] ?? 0) > 0);
  return rows.length === 0 || rows.length === target.length ? labelled : pickLabelled(labelled, rows);
}

/** @param labelled in order of score already */
function thinned(labelled: OutOfFold): OutOfFold {
  return labelled.target.length <= ENOUGH_ROWS ? labelled : pickLabelled(labelled, placesOf(labelled.target.length, ENOUGH_ROWS));
}

function isAllAlike(target: ArrayLike<number>): boolean {
  for (let row = 1; row < target.length; row++) if (target[row] !== target[0]) return false;
  return true;
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
    auc: finiteFigure(figures.auc),
    averagePrecision: finiteFigure(figures.averagePrecision),
    precision: finiteFigure(figures.precision),
    recall: finiteFigure(figures.recall),
    f1: finiteFigure(figures.f1),
    defaultRate: finiteFigure(figures.defaultRate),
    costPerLoan: finiteFigure(figures.costPerLoan),
  });
  return { all: one(estimates.all), approved: one(estimates.approved), rejected: one(estimates.rejected) };
}
