import type { Evaluation } from '../evaluation-schema.ts';
import type { Headline, Interval } from '../headline.ts';
import { markdownTable } from './markdown-table.ts';

interface MetricLine {
  readonly name: string;
  readonly interval: Interval | null;
  readonly reading: string;
}

/** The headline numbers with their intervals, and what each one means. */
export function metricSection(
  { headline, rows, positives }: Evaluation,
  { approvalRate, badRateAmongApproved }: Headline,
  bootstrap: number,
): string {
  const lines: readonly MetricLine[] = [
    { name: 'ROC-AUC', interval: headline.auc, reading: 'chance that a defaulter is ranked above a payer' },
    { name: 'Gini', interval: headline.gini, reading: '2·AUC − 1' },
    { name: 'KS', interval: headline.ks, reading: 'largest gap between defaulters and payers refused' },
    { name: 'PR-AUC', interval: headline.prAuc, reading: 'average precision; the base rate is the floor' },
    { name: 'Log-loss', interval: headline.logLoss, reading: 'of the calibrated probability, in nats' },
    { name: 'Brier', interval: headline.brier, reading: 'squared error of the calibrated probability' },
    { name: 'ECE', interval: headline.ece, reading: 'calibration error over ten bins of equal size' },
    { name: 'Cost per applicant', interval: headline.costPerApplicant, reading: 'at the threshold below' },
    { name: 'Approval rate', interval: approvalRate, reading: 'share below the threshold' },
    { name: 'Bad rate of the approved', interval: badRateAmongApproved, reading: 'share of the approved that defaulted' },
  ];
  const cells = lines.map(({ name, interval, reading }) => ({
    Metric: name,
    Value: interval === null ? 'does not exist' : interval.value.toFixed(4),
    '95 % interval': interval === null ? '' : `${interval.lo.toFixed(4)} to ${interval.hi.toFixed(4)}`,
    Reading: reading,
  }));
  const text = `Measured once on ${rows} holdout clients, ${positives} of whom defaulted. No choice was made on them. AUC and Gini have DeLong’s interval, the others one from ${bootstrap} bootstrap resamples stratified by outcome (KS and ECE, which noise can only raise, reflected at the estimate).`;
  return `${text}\n\n${markdownTable(cells)}`;
}
