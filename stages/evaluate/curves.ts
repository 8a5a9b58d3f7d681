import { equalMassBins } from '../metrics/calibration-error.ts';
import { costPerApplicant, type Costs } from '../metrics/cost.ts';
import { liftTable } from '../metrics/lift.ts';
import { precisionRecallCurve } from '../metrics/precision-recall.ts';
import { type Curve, rocCurve } from '../metrics/roc.ts';
import { thinCurve } from '../metrics/thin-curve.ts';
import type { Evaluation } from './evaluation-schema.ts';
import type { JudgedRows, JudgeOptions } from './headline.ts';

/** As many as a figure can show; areas are computed from all of them elsewhere. */
const POINTS = 201;

/** The curves and tables of the report: ranking by the model's own probability, calibration and cost by the calibrated one. */
export function curvesOf(
  { target, probability, calibrated }: JudgedRows,
  { costs, threshold }: Pick<JudgeOptions, 'costs' | 'threshold'>,
): Pick<Evaluation, 'calibration' | 'lift' | 'roc' | 'precisionRecall' | 'costCurve'> {
  return {
    calibration: [...equalMassBins(target, calibrated)],
    lift: [...liftTable(target, probability)],
    roc: copy(thinCurve(rocCurve(target, probability), POINTS)),
    precisionRecall: copy(thinCurve(precisionRecallCurve(target, probability), POINTS)),
    costCurve: costsOnGrid({ target, calibrated }, costs, threshold),
  };
}

/** Cost per applicant at thresholds 0, 0.005, … 1 and at the one in use. */
function costsOnGrid(
  { target, calibrated }: Pick<JudgedRows, 'target' | 'calibrated'>,
  costs: Costs,
  threshold: number,
): Evaluation['costCurve'] {
  const grid = Array.from({ length: POINTS }, (_, at) => at / (POINTS - 1));
  const x = [...new Set([...grid, threshold])].toSorted((left, right) => left - right);
  return { x, y: x.map((at) => costPerApplicant(target, calibrated, at, costs)) };
}

const copy = ({ x, y }: Curve): { x: number[]; y: number[] } => ({ x: [...x], y: [...y] });
