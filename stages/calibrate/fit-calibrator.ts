import { assertNever } from '../../pipeline/index.ts';
import { fitBeta } from './fit-beta.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt } from './fit-platt.ts';
import type { LabelledScores } from './labelled-scores.ts';
import type { Calibrator } from './stage.ts';

export type CalibrationMethod = Calibrator['method'];
/** From the simplest (no parameter) to the most flexible. */
export const CALIBRATION_METHODS = ['none', 'platt', 'beta', 'isotonic'] as const satisfies readonly CalibrationMethod[];

export function fitCalibrator(method: CalibrationMethod, scores: LabelledScores): Calibrator {
  switch (method) {
    case 'none':
      return { method };
    case 'platt':
      return fitPlatt(scores);
    case 'beta':
      return fitBeta(scores);
    case 'isotonic':
      return fitIsotonic(scores);
    default:
      return assertNever(method);
  }
}
