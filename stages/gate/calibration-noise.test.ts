import { expect, test } from '@jest/globals';
import { expectedCalibrationError } from '../metrics/calibration-error.ts';
import { createPrng } from '../metrics/prng.ts';
import { calibrationNoise } from './calibration-noise.ts';

test('perfectly calibrated models at 1,200 rows stay within the noise limit, models off by half of the odds do not', () => {
  let [within, caught] = [0, 0];
  for (let seed = 0; seed < 40; seed++) {
    const prng = createPrng(1000 + seed);
    const truth = Float64Array.from({ length: 1200 }, () => 0.02 + 0.12 * prng.next());
    const outcome = Uint8Array.from(truth, (p) => (prng.next() < p ? 1 : 0));
    const doubled = truth.map((p) => (2 * p) / (1 + p));
    if (expectedCalibrationError(outcome, truth) <= calibrationNoise(truth, { replicates: 60, seed })) within += 1;
    if (expectedCalibrationError(outcome, doubled) > calibrationNoise(doubled, { replicates: 60, seed })) caught += 1;
  }
  // 99 % are expected within; the seeds are fixed.
  expect(within).toBeGreaterThanOrEqual(38);
  expect(caught).toBeGreaterThanOrEqual(39);
});
