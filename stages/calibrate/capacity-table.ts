import { confusion } from '../metrics/confusion.ts';
import { businessCost, type Costs } from '../metrics/cost.ts';
import { type Payoffs, profit } from '../metrics/payoffs.ts';
import { capacityThreshold } from './policy.ts';

/** What approving at most a share of the applicants means on the rows. */
export interface CapacityRow {
  readonly maxApprovalShare: number;
  readonly threshold: number;
  /** Below the limit where equal scores do not fit in. */
  readonly approvalShare: number;
  readonly badRateAmongApproved: number | null;
  readonly costPerApplicant: number;
  readonly profitPerApplicant: number;
}

/** Tenths of the applicants, from 10 % to all. @param descending scores, targets in their order */
export function capacityTable(
  target: Uint8Array,
  descending: Float64Array,
  { costs, payoffs }: { readonly costs: Costs; readonly payoffs: Payoffs },
): readonly CapacityRow[] {
  const ascending = descending.toReversed();
  return Array.from({ length: 10 }, (_, at): CapacityRow => {
    const maxApprovalShare = (at + 1) / 10;
    const found = capacityThreshold(ascending, maxApprovalShare);
    // A threshold of 1 that a score of 1 reaches would refuse it: all means all.
    const threshold = maxApprovalShare === 1 ? Number.POSITIVE_INFINITY : found;
    const counts = confusion(target, descending, threshold);
    const approved = counts.tn + counts.fn;
    return {
      maxApprovalShare,
      threshold: found,
      approvalShare: approved / target.length,
      badRateAmongApproved: approved > 0 ? counts.fn / approved : null,
      costPerApplicant: businessCost(counts, costs) / target.length,
      profitPerApplicant: profit(counts, payoffs) / target.length,
    };
  });
}
