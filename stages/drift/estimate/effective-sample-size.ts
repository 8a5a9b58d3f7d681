/** Kish's effective sample size (Σw)²/Σw²: how many rows of equal weight say as much. 0 where all weigh nothing. */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] ?? 0;
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Weights beyond this many times their mean are cut: one row must not decide. */
const LARGEST = 20;

/**
 * How much more often the current part has applicants like each reference row: o/(1 − o)·n/m of the probability o that a
 * classifier gives to "current" for a row it was not fitted to, cut at 20 times the mean.
 * @param currentProbability out of fold, one a reference row
 */
export function densityRatio(
  currentProbability: ArrayLike<number>,
  rows: { readonly reference: number; readonly current: number },
): Float64Array {
  const odds = Float64Array.from(
    currentProbability,
    (o) => (Math.min(o, 1 - 1e-9) / (1 - Math.min(o, 1 - 1e-9))) * (rows.reference / rows.current),
  );
  const mean = odds.reduce((sum, value) => sum + value, 0) / odds.length;
  return odds.map((value) => Math.min(value, LARGEST * mean));
}
