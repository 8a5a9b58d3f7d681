import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import { type CalibrationMethod, fitCalibrator } from '../../calibrate/fit-calibrator.ts';
import { type Costs, elkanThreshold } from '../../metrics/cost.ts';
import type { OutOfFold } from '../estimate/estimate-performance.ts';
import { pickLabelled } from '../estimate/pick-labelled.ts';
import { pickRows, rowsWhere } from '../../metrics/picked-rows.ts';
import type { EstimateResult } from './outlook-schema.ts';

export interface SwapOptions {
  readonly method: CalibrationMethod;
  /** Of the current rows, as decided today. */
  readonly refused: ArrayLike<number>;
  readonly costs: Costs;
}

/**
 * Who would change sides if the cut-off were set anew for these applicants: refused from the probability on at which refusing is cheaper (Elkan), with a
 * calibration fitted again to the labelled rows, weighted by likeness where weights are known. One half of those rows chooses, the other says what the swaps
 * cost: an optimum flatters itself on the rows that it was found on.
 * @param labelled in order of score and outcome, so that every other row is a fair half
 */
export function expectedSwaps(
  labelled: OutOfFold,
  current: ArrayLike<number>,
  { method, refused, costs }: SwapOptions,
): EstimateResult['swapSet'] {
  // Without a calibration to fit nothing can be chosen anew: then Platt's two numbers are.
  const how = method === 'none' ? 'platt' : method;
  const half = (parity: number): Float64Array =>
    applyCalibrator(
      fitCalibrator(
        how,
        pickLabelled(
          labelled,
          rowsWhere(labelled.target.length, (row) => row % 2 === parity),
        ),
      ),
      current,
    );
  const [choosing, judging] = [half(0), half(1)];
  const threshold = elkanThreshold(costs);
  const moved = (from: number): Uint32Array =>
    rowsWhere(choosing.length, (row) => refused[row] === from && ((choosing[row] ?? Number.NaN) >= threshold ? 1 : 0) !== from);
  const [entering, leaving] = [moved(1), moved(0)];
  const saved = (p: number): number => costs.falseNegative * p - costs.falsePositive * (1 - p);
  const sum = (rows: Uint32Array): number => rows.reduce((total, row) => total + saved(judging[row] ?? 0), 0);
  return {
    threshold,
    swappedIn: side(entering, current, judging),
    swappedOut: side(leaving, current, judging),
    costChange: (sum(entering) - sum(leaving)) / Math.max(1, current.length),
  };
}

function side(
  rows: Uint32Array,
  current: ArrayLike<number>,
  probability: Float64Array,
): NonNullable<EstimateResult['swapSet']>['swappedIn'] {
  if (rows.length === 0) return { rows: 0, from: null, to: null, expectedDefaultRate: null };
  const scores = pickRows(current, rows);
  return {
    rows: rows.length,
    from: scores.reduce((least, score) => Math.min(least, score)),
    to: scores.reduce((most, score) => Math.max(most, score)),
    expectedDefaultRate: rows.reduce((total, row) => total + (probability[row] ?? 0), 0) / rows.length,
  };
}
