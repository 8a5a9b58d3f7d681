import { confusion, type Confusion } from './confusion.ts';

/**
 * Net benefit per applicant of refusing some, in defaults caught: each good loan refused is worth the odds of the threshold of
 * one default (Vickers & Elkin 2006). Refusing nobody has 0. At threshold 1/11 it is what is saved against granting all, over ten.
 */
export function netBenefit({ tp, fp, tn, fn }: Confusion, threshold: number): number {
  return (tp - (fp * threshold) / (1 - threshold)) / (tp + fp + tn + fn);
}

export interface NetBenefits {
  readonly model: number;
  readonly refuseAll: number;
  /** Of the model, less the better of refusing all and nobody. */
  readonly gain: number;
}

/** What refusing at or above a threshold gains for somebody to whom that threshold is the right one. */
export function netBenefitsAt(
  target: ArrayLike<number>,
  probability: ArrayLike<number>,
  threshold: number,
  weight?: ArrayLike<number>,
): NetBenefits {
  const counts = confusion(target, probability, threshold, weight);
  const model = netBenefit(counts, threshold);
  const refuseAll = netBenefit({ tp: counts.tp + counts.fn, fp: counts.fp + counts.tn, tn: 0, fn: 0 }, threshold);
  return { model, refuseAll, gain: model - Math.max(0, refuseAll) };
}
