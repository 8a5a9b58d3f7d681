import { largestMissingShift } from './drift-metrics.ts';
import type { DriftResult } from './drift-schema.ts';
import type { Decision } from './judge/decide.ts';
import type { HistoryEntry } from './history-schema.ts';

/** What is kept of a batch. No time: the same batch judged twice gives the same line. */
export function historyLine(
  batch: string,
  { reference, current, evidently, columns, score, estimate, joint, realised }: DriftResult,
  { signal, status }: Decision,
): HistoryEntry {
  return {
    batch,
    signal,
    status,
    rows: current.rows,
    sha256: current.sha256,
    referenceSha256: reference.sha256,
    driftedColumns: evidently.numberOfDriftedColumns,
    driftShare: evidently.shareOfDriftedColumns,
    scorePsi: score?.psi ?? null,
    approvalRate: score?.approvalRateCurrent ?? null,
    missingShift: largestMissingShift(columns),
    // What was expected at first stays: outcomes are held against it.
    ...(realised?.expected.source === 'history' ? { cost: realised.expected.costPerLoan, defaultRate: realised.expected.defaultRate } : {}),
    ...(estimate && realised?.expected.source !== 'history'
      ? { cost: estimate.confidenceBased.all.costPerLoan, defaultRate: estimate.confidenceBased.all.defaultRate }
      : {}),
    ...(joint ? { domainAuc: joint.domainAuc.value } : {}),
    ...(realised ? { realisedCost: realised.costPerLoan.value, drift: realised.drift } : {}),
  };
}
