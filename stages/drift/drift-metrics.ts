import type { DriftResult } from './drift-schema.ts';

const STATUS_CODES = { ok: 0, watch: 1, act: 2, broken: 3 } as const;

/** Metric names and finite values; what could not be computed is left out rather than logged as 0. */
export function driftMetrics({ verdict, evidently, columns, score }: DriftResult): readonly (readonly [name: string, value: number])[] {
  const points: (readonly [string, number | null | undefined])[] = [];
  if (verdict.status !== 'insufficient') points.push(['drift_status', STATUS_CODES[verdict.status]]);
  if (evidently.numberOfColumns > 0) {
    points.push(
      ['drift_share', evidently.shareOfDriftedColumns],
      ['drift_columns', evidently.numberOfDriftedColumns],
      ['drift_columns_compared', evidently.numberOfColumns],
    );
    points.push(['drift_columns_skipped', columns.filter(({ skipReason }) => skipReason !== null).length]);
    points.push(['drift_missing_max_shift', largestMissingShift(columns)]);
    points.push(['drift_psi_max', largest(columns.map(({ psi }) => psi ?? 0))]);
  }
  points.push(
    ['score_psi', score?.psi],
    ['score_mean_pd_reference', score?.meanPdReference],
    ['score_mean_pd_current', score?.meanPdCurrent],
  );
  points.push(['score_approval_rate_reference', score?.approvalRateReference], ['score_approval_rate_current', score?.approvalRateCurrent]);
  return points.flatMap(([name, value]) => (typeof value === 'number' && Number.isFinite(value) ? [[name, value] as const] : []));
}

/** Largest shift of a compared column's missing share, as a fraction of rows. */
export function largestMissingShift(columns: DriftResult['columns']): number {
  return largest(
    columns.filter(({ skipReason }) => skipReason === null).map(({ missing }) => Math.abs(missing.current - missing.reference)),
  );
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
