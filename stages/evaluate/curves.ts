import { equalMassBins } from '../metrics/calibration-error.ts';
import { costPerApplicant, type Costs } from '../metrics/cost.ts';
import { liftTable } from '../metrics/lift.ts';
import { precisionRecallCurve } from '../metrics/precision-recall.ts';
import { type Curve, rocCurve } from '../metrics/roc.ts';
import { thinCurve } from '../metrics/thin-curve.ts';
import type { Evaluation } from './evaluation-schema.ts';
import type { JudgedRows } from './headline.ts';

/** As many as a figure can show; areas are computed from all of them elsewhere. */
const POINTS = 201;

/** The curves and tables of the report: ranking by the model's own probability, calibration and cost by the calibrated one. */
export function curvesOf({ target, probability, calibrated }: JudgedRows, costs: Costs): Pick<Evaluation, 'calibration' | 'lift' | 'roc' | 'precisionRecall' | 'costCurve'> {
  return {
    calibration: [...equalMassBins(target, calibrated)],
    lift: [...liftTable(target, probability)],
    roc: copy(thinCurve(rocCurve(target, probability), POINTS)),
    precisionRecall: copy(thinCurve(precisionRecallCurve(target, probability), POINTS)),
    costCurve: costsOnGrid(target, calibrated, costs),
  };
}

/** Cost per applicant at thresholds 0, 0.005, … 1. */
function costsOnGrid(target: Uint8Array, calibrated: Float64Array, costs: Costs): Evaluation['costCurve'] {
  const x = Array.from({ length: POINTS }, (_, at) => at / (POINTS - 1));
  return { x, y: x.map((threshold) => costPerApplicant(target, calibrated, threshold, costs)) };
}

const copy = ({ x, y }: Curve): { x: number[]; y: number[] } => ({ x: [...x], y: [...y] });
