/** What a rule may be on; docs/reference/gates.md says what each is. */
export const METRIC_NAMES = [
  'auc',
  'gini',
  'ks',
  'pr_auc',
  'h_measure',
  'log_loss',
  'brier',
  'ece',
  'cost_per_applicant',
  'cost_share',
  'approval_rate',
  'bad_rate_approved',
  'true_positive_rate',
  'false_positive_rate',
  'impact_ratio',
  'fairness_breaches',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];
/** Those that rows alone determine. */
export type RowMetric = Exclude<MetricName, 'impact_ratio' | 'fairness_breaches'>;
