import { assertNever } from '../../../pipeline/index.ts';
import { sigmoid } from '../../calibrate/apply-calibrator.ts';
import { betaColumns } from '../../calibrate/fit-beta.ts';
import { plattColumns } from '../../calibrate/fit-platt.ts';
import type { Calibrator } from '../../calibrate/stage.ts';

/**
 * The numbers of applyCalibrator, one a row, for the same rows under many calibrations: their logarithms are taken once, and an isotonic map is walked along
 * with their order instead of searched for each.
 * @param order rows by descending probability, none of them NaN unless last
 * @returns a function that writes them into the array it is given, and returns that
 */
export function rankedCalibration(
  probability: ArrayLike<number>,
  order: Uint32Array,
): (calibrator: Calibrator, into: Float64Array) => Float64Array {
  let columns: readonly Float64Array[] | null = null;
  return (calibrator, into) => {
    switch (calibrator.method) {
      case 'none':
        into.set(probability);
        return into;
      case 'platt':
        return scaled((columns ??= plattColumns(probability)), [calibrator.a, calibrator.b], into);
      case 'beta':
        return scaled((columns ??= betaColumns(probability)), [calibrator.a, calibrator.b, calibrator.c], into);
      case 'isotonic':
        return walked(calibrator, { probability, order }, into);
      default:
        return assertNever(calibrator);
    }
  };
}

/** σ of a sum of columns, each times its own factor, and a constant. */
function scaled(
  [first = new Float64Array(), second]: readonly Float64Array[],
  factors: readonly number[],
  calibrated: Float64Array,
): Float64Array {
  const [a = 0] = factors;
  const b = second === undefined ? 0 : (factors[1] ?? 0);
  const c = factors.at(-1) ?? 0;
  if (second === undefined) for (let row = 0; row < first.length; row++) calibrated[row] = sigmoid(a * (first[row] ?? 0) + c);
  else for (let row = 0; row < first.length; row++) calibrated[row] = sigmoid(a * (first[row] ?? 0) + b * (second[row] ?? 0) + c);
  return calibrated;
}

function walked(
  { x, y }: Calibrator & { readonly method: 'isotonic' },
  { probability, order }: { readonly probability: ArrayLike<number>; readonly order: Uint32Array },
  calibrated: Float64Array,
): Float64Array {
  const [xs, ys, last] = [Float64Array.from(x), Float64Array.from(y), x.length - 1];
  const [lowest, highest] = [xs[0] ?? Number.NaN, xs[last] ?? Number.NaN];
  let low = 0;
  for (let at = order.length - 1; at >= 0; at--) {
    const row = order[at] ?? 0;
    const p = probability[row] ?? Number.NaN;
    if (p <= lowest) calibrated[row] = ys[0] ?? Number.NaN;
    else if (p >= highest) calibrated[row] = ys[last] ?? Number.NaN;
    else {
      while (low < last - 1 && (xs[low + 1] ?? 0) <= p) low++;
      const [x0, y0] = [xs[low] ?? 0, ys[low] ?? 0];
      calibrated[row] = y0 + (((ys[low + 1] ?? 0) - y0) * (p - x0)) / ((xs[low + 1] ?? 0) - x0);
    }
  }
  return calibrated;
}
