/**
 * Mean negative log-likelihood, −Σ w·(y·ln p + (1−y)·ln(1−p)) / Σ w, in nats. Probabilities are clipped to [ε, 1−ε] with
 * ε = 2⁻⁵², as scikit-learn does for doubles, so that a certain error costs 36 and not infinity. NaN for no rows.
 */
export function logLoss(target: ArrayLike<number>, probability: ArrayLike<number>, weight?: ArrayLike<number>): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability[row] ?? Number.NaN));
    const mass = weight === undefined ? 1 : (weight[row] ?? 0);
    sum -= mass * (target[row] === 1 ? Math.log(p) : Math.log1p(-p));
    total += mass;
  }
  return sum / total;
}
