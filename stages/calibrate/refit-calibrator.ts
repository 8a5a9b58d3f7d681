import { assertNever } from '../../pipeline/index.ts';
import { betaColumns, fitBeta } from './fit-beta.ts';
import { fitCalibrator, type CalibrationMethod } from './fit-calibrator.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt, plattColumns } from './fit-platt.ts';
import type { LabelledScores } from './labelled-scores.ts';
import type { Calibrator } from './stage.ts';

export interface Refits {
  /** The fit to the rows as they are. */
  readonly whole: Calibrator;
  /** The fit under these weights instead, to where Newton's method ends from the whole one: within 1e-9 of where it ends from 0. */
  readonly again: (weight: Float64Array) => Calibrator;
}

/** One calibration of the same rows under many weights, as a bootstrap needs it: logarithms are taken once, and no fit begins at nothing. */
export function refitCalibrator(method: CalibrationMethod, scores: LabelledScores): Refits {
  const { target, probability } = scores;
  const whole = fitCalibrator(method, scores);
  switch (whole.method) {
    case 'none':
      return { whole, again: () => whole };
    case 'platt': {
      const from = { columns: plattColumns(probability), start: [whole.a, whole.b] };
      return { whole, again: (weight) => fitPlatt({ target, probability, weight }, from) };
    }
    case 'beta': {
      const from = { columns: betaColumns(probability), start: [whole.a, whole.b, whole.c] };
      return { whole, again: (weight) => fitBeta({ target, probability, weight }, from) };
    }
    case 'isotonic':
      return { whole, again: (weight) => fitIsotonic({ target, probability, weight }) };
    default:
      return assertNever(whole);
  }
}
