/** What scores and probabilities say. */
const SCORE_METRICS = ['auc', 'gini', 'ks', 'pr_auc', 'h_measure', 'emp', 'lift', 'log_loss', 'brier', 'ece'] as const;
/** What decisions come to. */
const DECISION_METRICS = ['cost_per_applicant', 'profit_per_applicant', 'approval_rate', 'bad_rate_approved'] as const;

/** What a model and its champion are set side by side on. */
export const COMPARED_METRICS = [...SCORE_METRICS, ...DECISION_METRICS] as const;

/** What a rule may be on; docs/reference/gates.md says what each is. */
export const METRIC_NAMES = [
  ...SCORE_METRICS,
  ...DECISION_METRICS,
  'cost_share',
  'true_positive_rate',
  'false_positive_rate',
  'impact_ratio',
  'fairness_breaches',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];
/** Those that rows alone determine. */
export type RowMetric = Exclude<MetricName, 'impact_ratio' | 'fairness_breaches'>;
