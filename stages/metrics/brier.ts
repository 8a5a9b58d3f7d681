/** Brier score: mean squared distance of probability and outcome, Σ w·(p−y)² / Σ w. NaN for no rows. */
export function brier(target: ArrayLike<number>, probability: ArrayLike<number>, weight?: ArrayLike<number>): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const miss = (probability[row] ?? Number.NaN) - (target[row] === 1 ? 1 : 0);
    const mass = weight === undefined ? 1 : (weight[row] ?? 0);
    sum += mass * miss * miss;
    total += mass;
  }
  return sum / total;
}
