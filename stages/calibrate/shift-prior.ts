import { logit, sigmoid } from './apply-calibrator.ts';

/** Log-odds that a change of the base rate adds to every probability: ln[π'/(1−π') · (1−π)/π] (Elkan 2001, theorem 2). */
export function priorLogOdds(from: number, to: number): number {
  return logit(to) - logit(from);
}

/**
 * Probabilities for a population with another base rate, in which defaulters and payers are each what they were:
 * odds' = odds · π'/(1−π') · (1−π)/π. Also undoes undersampling: from the rate of the sample to that of the book.
 */
export function shiftPrior(probability: ArrayLike<number>, from: number, to: number): Float64Array {
  const shift = priorLogOdds(from, to);
  return Float64Array.from(probability, (p) => sigmoid(logit(p) + shift));
}

/** The threshold on unshifted probabilities that decides as `threshold` does on shifted ones. */
export function unshiftThreshold(threshold: number, from: number, to: number): number {
  return sigmoid(logit(threshold) - priorLogOdds(from, to));
}
