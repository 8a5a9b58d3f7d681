import { brier } from './brier.ts';
import { equalMassBins } from './calibration-error.ts';

/** Murphy's parts of a Brier score over bins. brier = reliability − resolution + uncertainty + withinBins, exactly. */
export interface BrierDecomposition {
  readonly brier: number;
  /** Mean squared distance of predicted and observed rate of the bins: 0 is calibrated. */
  readonly reliability: number;
  /** Mean squared distance of a bin's observed rate from the base rate: large is informative. */
  readonly resolution: number;
  /** Base rate · (1 − base rate): not the model's. */
  readonly uncertainty: number;
  /** What the bins blur: variance of predictions in a bin less twice their covariance with outcomes (Stephenson et al. 2008). */
  readonly withinBins: number;
}

/** The parts over bins of equal count (Murphy 1973). All NaN for no rows. */
export function brierDecomposition(target: ArrayLike<number>, probability: ArrayLike<number>, bins = 10): BrierDecomposition {
  const found = equalMassBins(target, probability, bins);
  const total = target.length;
  let positives = 0;
  for (let row = 0; row < total; row++) positives += target[row] === 1 ? 1 : 0;
  const base = positives / total;
  const mean = (value: (bin: (typeof found)[number]) => number): number =>
    found.reduce((sum, bin) => sum + bin.count * value(bin), 0) / total;
  const reliability = mean(({ predicted, observed }) => (predicted - observed) ** 2);
  const resolution = mean(({ observed }) => (observed - base) ** 2);
  const uncertainty = base * (1 - base);
  const score = brier(target, probability);
  return { brier: score, reliability, resolution, uncertainty, withinBins: score - reliability + resolution - uncertainty };
}
