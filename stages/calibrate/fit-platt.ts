import { logit } from './apply-calibrator.ts';
import { fitLogistic } from './fit-logistic.ts';
import { type LabelledScores, smoothedTargets } from './labelled-scores.ts';

/** σ(a·logit p + b) of least log-loss against smoothed targets (Platt 1999). scikit-learn's `_SigmoidCalibration` has −a and −b. */
export function fitPlatt(
  scores: LabelledScores,
  { columns = plattColumns(scores.probability), start }: RefitFrom = {},
): { readonly method: 'platt'; readonly a: number; readonly b: number } {
  const { coefficients } = fitLogistic({ columns, target: smoothedTargets(scores), ...weightOf(scores), ...(start ? { start } : {}) });
  const [a = 1, b = 0] = coefficients;
  return { method: 'platt', a, b };
}

/** What a fit to the same scores under other weights need not find anew. */
export interface RefitFrom {
  /** What the scores are turned into. */
  readonly columns?: readonly Float64Array[];
  /** Coefficients to begin at. */
  readonly start?: readonly number[];
}

export function plattColumns(probability: ArrayLike<number>): readonly Float64Array[] {
  return [Float64Array.from(probability, logit)];
}

/** The weight as an option that may be left out. */
export function weightOf({ weight }: LabelledScores): { readonly weight?: ArrayLike<number> } {
  return weight === undefined ? {} : { weight };
}
