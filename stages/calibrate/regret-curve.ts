import { percentileInterval } from '../metrics/bootstrap.ts';
import { bestThreshold, type CostCurve } from '../metrics/cost.ts';
import { costAt } from './policy.ts';

/** What a threshold gives up per applicant against the best one of the rows. */
export interface RegretPoint {
  readonly threshold: number;
  readonly regret: number;
  readonly lo: number;
  readonly hi: number;
}

const HALF_POINTS = 12;
/** Ends of the grid, as factors of the threshold's odds. */
const WIDEST = 6;

/** Thresholds around one, evenly spread in log-odds from a sixth to six times its odds. */
export function regretGrid(threshold: number): Float64Array {
  const inside = Math.min(1 - 1e-9, Math.max(1e-9, threshold));
  const odds = inside / (1 - inside);
  return Float64Array.from({ length: 2 * HALF_POINTS + 1 }, (_, at) => {
    const here = odds * WIDEST ** ((at - HALF_POINTS) / HALF_POINTS);
    return here / (1 + here);
  });
}

/** Regrets of the grid under one curve: the rows', or a resample's. */
export function regretsOf(curve: CostCurve, grid: Float64Array): Float64Array {
  const least = bestThreshold(curve).cost / curve.total;
  return grid.map((threshold) => costAt(curve, threshold) - least);
}

/** The curve with 95 % intervals from the regrets of resamples. */
export function regretCurve(grid: Float64Array, estimate: Float64Array, resampled: readonly Float64Array[]): readonly RegretPoint[] {
  return Array.from(grid, (threshold, at) => ({
    threshold,
    regret: estimate[at] ?? Number.NaN,
    ...percentileInterval(resampled.map((regrets) => regrets[at] ?? Number.NaN)),
  }));
}
