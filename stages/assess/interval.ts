import { z } from 'zod';
import { basicInterval, percentileInterval } from '../metrics/bootstrap.ts';

export const intervalSchema = z.strictObject({ value: z.number(), lo: z.number(), hi: z.number() });
export type EstimatedInterval = z.infer<typeof intervalSchema>;

/** A value with the percentiles of its replicates; null where it does not exist. Replicates without it are left out. */
export function estimated(value: number | null, replicates: Iterable<number | null>): EstimatedInterval | null {
  if (value === null || !Number.isFinite(value)) return null;
  const known = [...replicates].filter((replicate) => replicate !== null && Number.isFinite(replicate));
  if (known.length === 0) return { value, lo: value, hi: value };
  return { value, ...percentileInterval(known.map(Number)) };
}

/**
 * For gaps, which noise can only widen: the interval reflected at the value, cut at 0. Percentiles would count the noise of the rows and
 * that of the resamples both, and may leave the value out.
 */
export function reflected(value: number | null, replicates: Iterable<number | null>): EstimatedInterval | null {
  if (value === null || !Number.isFinite(value)) return null;
  const known = [...replicates].filter((replicate) => replicate !== null && Number.isFinite(replicate)).map(Number);
  if (known.length === 0) return { value, lo: value, hi: value };
  const { lo, hi } = basicInterval(value, known);
  return { value, lo: Math.max(0, Math.min(value, lo)), hi: Math.max(value, hi) };
}
