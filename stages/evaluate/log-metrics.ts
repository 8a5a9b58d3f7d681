import type { Evaluation } from './evaluation-schema.ts';
import type { Headline, Interval } from './headline.ts';

interface MetricsLog {
  log(name: string, value: number): void;
}

/** Names that others rely on. */
const headlineNames: readonly (readonly [keyof Evaluation['headline'], string])[] = [
  ['auc', 'holdout_auc'],
  ['gini', 'holdout_gini'],
  ['ks', 'holdout_ks'],
  ['prAuc', 'holdout_pr_auc'],
  ['logLoss', 'holdout_log_loss'],
  ['brier', 'holdout_brier'],
  ['ece', 'holdout_ece'],
  ['costPerApplicant', 'holdout_cost_per_applicant'],
];

/** Writes the numbers under the names that MLflow shows; each with an interval has `_lo` and `_hi` beside it. */
export function logMetrics(metrics: MetricsLog, evaluation: Evaluation, { approvalRate, badRateAmongApproved }: Headline): void {
  const withEnds = (name: string, { value, lo, hi }: Interval): void => {
    metrics.log(name, value);
    metrics.log(`${name}_lo`, lo);
    metrics.log(`${name}_hi`, hi);
  };
  for (const [key, name] of headlineNames) withEnds(name, evaluation.headline[key]);
  metrics.log('threshold', evaluation.threshold);
  withEnds('holdout_approval_rate', approvalRate);
  if (badRateAmongApproved !== null) withEnds('holdout_bad_rate_approved', badRateAmongApproved);
  metrics.log('holdout_cost_accept_all', evaluation.baselines.acceptAll);
  metrics.log('holdout_cost_refuse_all', evaluation.baselines.refuseAll);
  metrics.log('holdout_rows', evaluation.rows);
  metrics.log('holdout_positives', evaluation.positives);
  metrics.log('holdout_shap_additivity_error', evaluation.shapAdditivityError);
  for (const { attribute, adverseImpactRatio } of evaluation.fairness) {
    if (adverseImpactRatio !== null) withEnds(`holdout_impact_ratio_${attribute}`, adverseImpactRatio);
  }
}
