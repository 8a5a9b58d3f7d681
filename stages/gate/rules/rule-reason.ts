import type { MetricName } from './metric-names.ts';
import type { Measured } from './row-metrics.ts';
import type { GateRule } from './rule-file.ts';

const NAMES: Readonly<Record<MetricName, string>> = {
  auc: 'AUC',
  gini: 'Gini',
  ks: 'KS',
  pr_auc: 'PR-AUC',
  h_measure: 'H-measure',
  emp: 'expected maximum profit',
  lift: 'lift of the riskiest tenth',
  log_loss: 'log-loss',
  brier: 'Brier score',
  ece: 'expected calibration error',
  cost_per_applicant: 'cost per applicant',
  profit_per_applicant: 'profit per applicant',
  cost_share: 'cost as a share of the better rule without a model',
  approval_rate: 'approval rate',
  bad_rate_approved: 'default rate among the approved',
  true_positive_rate: 'share of defaulters refused',
  false_positive_rate: 'share of payers refused',
  impact_ratio: 'lowest over highest approval rate',
  fairness_breaches: 'number of fairness limits broken',
};

/** The rule's outcome as a sentence with its numbers. */
export function ruleReason(
  rule: GateRule,
  facts: {
    readonly found: Measured;
    readonly value: number;
    readonly limit: number;
    readonly kept: boolean;
    readonly byChance: boolean;
    readonly rows: number;
  },
): string {
  const { found, value, limit, kept, byChance } = facts;
  const difference = rule.against === 'champion';
  const number = difference ? signed : plain;
  const interval = found.lo === found.hi ? '' : ` (95% ${number(found.lo)} to ${number(found.hi)})`;
  const subject = `${NAMES[rule.metric]}${difference ? ' less the champion’s' : ''} ${number(found.value)}${interval}`;
  const end = { value: '', lower: ', its lower end', upper: ', its upper end' }[rule.bound];
  const ended = rule.bound === 'value' ? '' : ` ${number(value)}`;
  const word = kept ? (rule.direction === 'at least' ? 'at or above' : 'at or below') : rule.direction === 'at least' ? 'below' : 'above';
  const limited = `${number(limit)}${noiseNote(rule, limit, facts.rows)}`;
  return `${subject}${end}${ended} is ${word} ${limited}${byChance ? ', but within chance' : ''}`;
}

function noiseNote({ metric, limit: asked }: GateRule, limit: number, rows: number): string {
  if (metric !== 'ece' || limit === asked) return '';
  return `, what a perfectly calibrated model may show on ${rows} rows (${asked} cannot be told from it)`;
}

function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
