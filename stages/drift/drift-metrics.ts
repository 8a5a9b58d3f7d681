import type { DriftResult } from './drift-schema.ts';

const STATUS_CODES = { ok: 0, watch: 1, act: 2, broken: 3 } as const;

/** Metric names and finite values; what could not be computed is left out rather than logged as 0. */
export function driftMetrics(result: DriftResult): readonly (readonly [name: string, value: number])[] {
  const { verdict, evidently, columns, score, decision } = result;
  const points: (readonly [string, number | null | undefined])[] = [];
  const findings = decision?.findings ?? [];
  for (const level of ['watch', 'act'] as const)
    if (verdict.status !== 'insufficient')
      points.push([`drift_rules_${level}`, findings.filter((finding) => finding.level === level).length]);
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
  points.push(...outlookPoints(result));
  return points.flatMap(([name, value]) => (typeof value === 'number' && Number.isFinite(value) ? [[name, value] as const] : []));
}

/** What is said before outcomes, and of them. */
function outlookPoints({
  estimate,
  importance,
  shift,
  joint,
  realised,
}: DriftResult): readonly (readonly [string, number | null | undefined])[] {
  const all = estimate?.confidenceBased.all;
  return [
    ['drift_cost_per_loan', all?.costPerLoan.value],
    ['drift_cost_per_loan_lo', all?.costPerLoan.lo],
    ['drift_cost_per_loan_hi', all?.costPerLoan.hi],
    ['drift_cost_per_loan_reference', estimate?.reference.costPerLoan],
    ['drift_cost_per_loan_weighted', estimate?.weighted?.all.costPerLoan.value],
    ['drift_cost_per_loan_approved', estimate?.confidenceBased.approved.costPerLoan.value],
    ['drift_default_rate', all?.defaultRate.value],
    ['drift_auc', all?.auc.value],
    ['drift_auc_lo', all?.auc.lo],
    ['drift_auc_hi', all?.auc.hi],
    ['drift_effective_rows', estimate?.effectiveSampleSize],
    ['drift_weighted_importance', importance?.weightedDrift],
    ['drift_score_shift', shift?.delta],
    ['drift_domain_auc', joint?.domainAuc.value],
    ['drift_domain_auc_lo', joint?.domainAuc.lo],
    ['drift_reconstruction_rise', joint?.reconstruction?.rise],
    ['drift_realised_cost_per_loan', realised?.costPerLoan.value],
  ];
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
