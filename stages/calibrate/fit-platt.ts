import { logit } from './apply-calibrator.ts';
import { fitLogistic } from './fit-logistic.ts';
import { type LabelledScores, smoothedTargets } from './labelled-scores.ts';

/** σ(a·logit p + b) of least log-loss against smoothed targets (Platt 1999). scikit-learn's `_SigmoidCalibration` has −a and −b. */
export function fitPlatt(scores: LabelledScores): { readonly method: 'platt'; readonly a: number; readonly b: number } {
  const column = Float64Array.from(scores.probability, logit);
  const { coefficients } = fitLogistic({ columns: [column], target: smoothedTargets(scores), ...weightOf(scores) });
  const [a = 1, b = 0] = coefficients;
  return { method: 'platt', a, b };
}

/** The weight as an option that may be left out. */
export function weightOf({ weight }: LabelledScores): { readonly weight?: ArrayLike<number> } {
  return weight === undefined ? {} : { weight };
}
