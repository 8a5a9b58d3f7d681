import { expectedCalibrationError } from '../metrics/calibration-error.ts';
import { createPrng } from '../metrics/prng.ts';
import { quantileOfSorted } from '../metrics/quantile.ts';

/**
 * The ECE that a perfectly calibrated model would stay below in 99 of 100 holdouts with these probabilities: outcomes are drawn
 * from the probabilities themselves (consistency resampling, Bröcker & Smith 2007). ECE has a floor of noise, about 0.02 at
 * 1,200 rows and 8 % defaults, that says nothing against a model.
 */
export function calibrationNoise(
  calibrated: Float64Array,
  { replicates, seed }: { readonly replicates: number; readonly seed: number },
): number {
  const prng = createPrng(seed);
  const ascending = calibrated.toSorted();
  const outcome = new Uint8Array(ascending.length);
  const errors = Float64Array.from({ length: replicates }, () => {
    for (let row = 0; row < ascending.length; row++) outcome[row] = prng.next() < (ascending[row] ?? 0) ? 1 : 0;
    return expectedCalibrationError(outcome, ascending);
  });
  return quantileOfSorted(errors.toSorted(), 0.99);
}
