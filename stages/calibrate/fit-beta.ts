import { fitLogistic, type LogisticFit } from './fit-logistic.ts';
import { type RefitFrom, weightOf } from './fit-platt.ts';
import { type LabelledScores, smoothedTargets } from './labelled-scores.ts';

export interface BetaCalibrator {
  readonly method: 'beta';
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * σ(a·ln p − b·ln(1−p) + c) with a, b ≥ 0, so that it never falls (Kull, Silva Filho & Flach 2017), of least log-loss against
 * smoothed targets. Where the free optimum breaks a bound, the loss being convex, the best lies on one: the better of a = 0 and b = 0.
 */
export function fitBeta(scores: LabelledScores, { columns = betaColumns(scores.probability), start }: RefitFrom = {}): BetaCalibrator {
  const target = smoothedTargets(scores);
  const fit = (own: readonly Float64Array[], from?: readonly number[]): LogisticFit =>
    fitLogistic({ columns: own, target, ...weightOf(scores), ...(from ? { start: from } : {}) });
  const [a = 0, b = 0, c = 0] = fit(columns, start).coefficients;
  if (a >= 0 && b >= 0) return { method: 'beta', a, b, c };
  const [lnP = new Float64Array(), lnQ = new Float64Array()] = columns;
  const candidates = [
    { fitted: fit([lnP]), make: (slope: number, intercept: number): BetaCalibrator => ({ method: 'beta', a: slope, b: 0, c: intercept }) },
    { fitted: fit([lnQ]), make: (slope: number, intercept: number): BetaCalibrator => ({ method: 'beta', a: 0, b: slope, c: intercept }) },
  ].filter(({ fitted }) => (fitted.coefficients[0] ?? -1) >= 0);
  const [best] = candidates.toSorted((left, right) => left.fitted.loss - right.fitted.loss);
  // A score that ranks the wrong way round: the base rate for everybody.
  if (best === undefined) return { method: 'beta', a: 0, b: 0, c: fit([]).coefficients[0] ?? 0 };
  const [slope = 0, intercept = 0] = best.fitted.coefficients;
  return best.make(slope, intercept);
}

export function betaColumns(probability: ArrayLike<number>): readonly Float64Array[] {
  const edge = Number.EPSILON;
  const inside = Float64Array.from(probability, (p) => Math.min(1 - edge, Math.max(edge, p)));
  return [inside.map(Math.log), inside.map((p) => -Math.log1p(-p))];
}
