import type { FloatMatrix } from '../../../pipeline/index.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { FittedModel } from '../../scoring/model/fitted-model.ts';
import type { Scores } from '../../scoring/score-rows.ts';

/** Rows that a model is handed at once: its library copies them, at twice the bytes. */
const AT_ONCE = 50_000;

/** The numbers of scoring all rows at once, in the memory of a few. */
export function scoreInBatches(model: FittedModel, { rows, columns, data }: FloatMatrix, calibrator: Calibrator): Scores {
  const [margin, probability] = [new Float32Array(rows), new Float32Array(rows)];
  for (let from = 0; from < rows; from += AT_ONCE) {
    const to = Math.min(rows, from + AT_ONCE);
    const batch = model.predict({ rows: to - from, columns, data: data.subarray(from * columns.length, to * columns.length) });
    margin.set(batch.margin, from);
    probability.set(batch.probability, from);
  }
  return { margin, probability, calibrated: applyCalibrator(calibrator, probability) };
}
