import type { Assessment } from './assessment-schema.ts';

interface MetricsLog {
  log(name: string, value: number): void;
}

/** The numbers under the names that MLflow shows; each with an interval has `_lo` and `_hi` beside it. */
export function logAssessment(metrics: MetricsLog, { ranking, brier, profit, loans, fairness, time }: Assessment): void {
  const withEnds = (name: string, found: { readonly value: number; readonly lo: number; readonly hi: number } | null): void => {
    if (found === null) return;
    metrics.log(name, found.value);
    metrics.log(`${name}_lo`, found.lo);
    metrics.log(`${name}_hi`, found.hi);
  };
  withEnds('holdout_h_measure', ranking.hMeasure);
  withEnds('holdout_emp', ranking.expectedMaximumProfit);
  metrics.log('holdout_mpcs', ranking.maximumProfit);
  metrics.log('holdout_brier_reliability', brier.reliability);
  metrics.log('holdout_brier_resolution', brier.resolution);
  metrics.log('holdout_brier_uncertainty', brier.uncertainty);
  withEnds('holdout_profit_per_applicant', profit.perApplicant);
  for (const { rule, savings } of loans?.rules ?? []) {
    if (rule === 'one threshold') withEnds('holdout_loan_savings', savings);
    if (rule === 'each loan’s own') withEnds('holdout_loan_savings_own_threshold', savings);
  }
  for (const found of fairness.attributes) {
    withEnds(`holdout_approval_gap_${found.attribute}`, found.approvalGap);
    withEnds(`holdout_true_positive_gap_${found.attribute}`, found.truePositiveGap);
    withEnds(`holdout_false_positive_gap_${found.attribute}`, found.falsePositiveGap);
  }
  for (const { attribute, ...ratios } of fairness.withProhibited?.decisions?.impactRatios ?? []) {
    withEnds(`oof_impact_ratio_${attribute}`, ratios.without);
    withEnds(`oof_impact_ratio_${attribute}_with_prohibited`, ratios.with);
  }
  metrics.log('holdout_fairness_breaches', fairness.breaches.length);
  withEnds('holdout_auc_last_band_less_others', time?.lastLessOthers ?? null);
}
