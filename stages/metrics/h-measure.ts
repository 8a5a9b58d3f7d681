import betainc from '@stdlib/math-base-special-betainc';
import { type RocHull, rocHull } from './roc-hull.ts';

/** Beta distribution of c, the share of both costs that refusing a payer has; 1 − c is that of granting a loan that defaults. */
export interface CostBelief {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * Beta(2, 1 + payers/defaulters): its mode says that a default costs as many payers as there are to one defaulter. The default of R's
 * `hmeasure` 1.0 and of the Python package of that name.
 */
export function severityBelief(positives: number, negatives: number): CostBelief {
  return { alpha: 2, beta: 1 + negatives / positives };
}

/**
 * H-measure (Hand 2009; Hand & Anagnostopoulos 2014): 1 − L/L₀ with L the least expected loss when c follows the belief, and L₀ that of
 * the better of granting all and refusing all. 1 separates, 0 is no better than no model. NaN where a class is missing.
 * @param belief of the costs; {@link severityBelief} where absent
 */
export function hMeasure(
  target: ArrayLike<number>,
  score: ArrayLike<number>,
  { weight, belief }: { readonly weight?: ArrayLike<number>; readonly belief?: CostBelief } = {},
): number {
  const hull = rocHull(target, score, weight);
  if (hull === null) return Number.NaN;
  return hullHMeasure(hull, belief ?? severityBelief(hull.positiveShare, hull.negativeShare));
}

/** The same from a hull that is there already. */
function hullHMeasure(hull: RocHull, { alpha, beta }: CostBelief): number {
  const { falsePositiveRate: x, truePositiveRate: y, positiveShare: bad, negativeShare: good } = hull;
  // Mass of c, and of 1 − c, below a share of costs.
  const massOfC = (c: number): number => (alpha / (alpha + beta)) * betainc(c, alpha + 1, beta);
  const massOfRest = (c: number): number => (beta / (alpha + beta)) * betainc(c, alpha, beta + 1);
  let [loss, upper] = [0, 1];
  // From the first vertex on, payers get cheaper to refuse: c falls from 1 to 0.
  for (let at = 0; at < x.length; at++) {
    const [rise, run] = [bad * ((y[at + 1] ?? 1) - (y[at] ?? 0)), good * ((x[at + 1] ?? 1) - (x[at] ?? 0))];
    const lower = at + 1 < x.length ? rise / (rise + run) : 0;
    loss += good * (x[at] ?? 0) * (massOfC(upper) - massOfC(lower));
    loss += bad * (1 - (y[at] ?? 0)) * (massOfRest(upper) - massOfRest(lower));
    upper = lower;
  }
  const trivial = good * massOfC(bad) + bad * (massOfRest(1) - massOfRest(bad));
  return Math.max(0, 1 - loss / trivial);
}
