import { basicInterval, type Interval, percentileInterval } from '../metrics/bootstrap.ts';
import type { EstimatedInterval } from '../metrics/metric-schemas.ts';

/** A value with the percentiles of its replicates; null where it does not exist. Replicates without it are left out. */
export function estimated(value: number | null, replicates: Iterable<number | null>): EstimatedInterval | null {
  return withEnds(value, replicates, (_, known) => percentileInterval(known));
}

/**
 * For gaps, which noise can only widen: the interval reflected at the value, cut at 0. Percentiles would count the noise of the rows and
 * that of the resamples both, and may leave the value out.
 */
export function reflected(value: number | null, replicates: Iterable<number | null>): EstimatedInterval | null {
  return withEnds(value, replicates, (estimate, known) => {
    const { lo, hi } = basicInterval(estimate, known);
    return { lo: Math.max(0, Math.min(estimate, lo)), hi: Math.max(estimate, hi) };
  });
}

function withEnds(
  value: number | null,
  replicates: Iterable<number | null>,
  ends: (value: number, known: readonly number[]) => Interval,
): EstimatedInterval | null {
  if (value === null || !Number.isFinite(value)) return null;
  const known = [...replicates].filter((replicate) => replicate !== null && Number.isFinite(replicate)).map(Number);
  return known.length === 0 ? { value, lo: value, hi: value } : { value, ...ends(value, known) };
}
