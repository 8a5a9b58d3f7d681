/** Counts (or weights) of decisions: positive = defaulted, flagged = refused. */
export interface Confusion {
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
  readonly tp: number;
}

/** Counts the decisions of the rule "refuse when probability ≥ threshold". */
export function confusion(
  target: ArrayLike<number>,
  probability: ArrayLike<number>,
  threshold: number,
  weight?: ArrayLike<number>,
): Confusion {
  let [tn, fp, fn, tp] = [0, 0, 0, 0];
  for (let row = 0; row < target.length; row++) {
    const refused = (probability[row] ?? Number.NaN) >= threshold;
    const mass = weight === undefined ? 1 : (weight[row] ?? 0);
    if (target[row] === 1) {
      if (refused) tp += mass;
      else fn += mass;
    } else if (refused) fp += mass;
    else tn += mass;
  }
  return { tn, fp, fn, tp };
}
