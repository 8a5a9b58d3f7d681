import { Z95 } from '../../metrics/normal.ts';
import type { EstimateResult } from './outlook-schema.ts';

export interface CostChange {
  /** Cost a loan on the labelled reference rows, and as estimated on the current ones with its 95 % band. */
  readonly before: number;
  readonly after: number;
  readonly lo: number;
  readonly hi: number;
  /** after / before − 1. */
  readonly rise: number;
  /** The rise over its standard error, of both parts together. */
  readonly z: number;
}

/** By how much the estimated cost a loan has changed, all applicants together; null where it is not known. */
export function costChange({ reference, confidenceBased }: EstimateResult): CostChange | null {
  const { value: after, lo, hi } = confidenceBased.all.costPerLoan;
  const before = reference.costPerLoan;
  if (before === null || after === null || lo === null || hi === null || before <= 0) return null;
  const error = Math.hypot((hi - lo) / 2 / Z95, reference.costStandardError ?? 0);
  return { before, after, lo, hi, rise: after / before - 1, z: error > 0 ? (after - before) / error : 0 };
}
