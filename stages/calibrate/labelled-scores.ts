/** What a calibration is fitted on: arrays with one entry a row. */
export interface LabelledScores {
  /** 1 for default, 0 for repaid. */
  readonly target: ArrayLike<number>;
  readonly probability: ArrayLike<number>;
  /** 1 where absent. */
  readonly weight?: ArrayLike<number>;
}

/**
 * Targets a little inside 0 and 1, (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2): a uniform prior on each class's rate, so that the fit is
 * finite where a score separates the classes (Platt 1999, §2.2). N is a sum of weights.
 */
export function smoothedTargets({ target, weight }: LabelledScores): Float64Array {
  let [positives, negatives] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const mass = weight === undefined ? 1 : (weight[row] ?? 0);
    if (target[row] === 1) positives += mass;
    else negatives += mass;
  }
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  // A loop: an array's `from` asks an iterator for each.
  const smoothed = new Float64Array(target.length);
  for (let row = 0; row < smoothed.length; row++) smoothed[row] = target[row] === 1 ? high : low;
  return smoothed;
}
