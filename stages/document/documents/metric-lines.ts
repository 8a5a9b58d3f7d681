import { type Block, words } from '../blocks/block.ts';
import { quoteFrom } from '../blocks/cite.ts';
import { fixed } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';

const READINGS = {
  auc: ['ROC-AUC', 'chance that a defaulter is ranked above a payer'],
  gini: ['Gini', 'twice the AUC, less one'],
  ks: ['KS', 'largest gap between the shares of defaulters and payers refused'],
  prAuc: ['PR-AUC', 'average precision; the base rate is the floor'],
  logLoss: ['Log-loss', 'of the calibrated probability, in nats'],
  brier: ['Brier score', 'squared error of the calibrated probability'],
  ece: ['Calibration error', 'over bins of equal size'],
  costPerApplicant: ['Cost per applicant', 'at the threshold in use'],
} as const satisfies Record<keyof Evidence['evaluation']['headline'], readonly [string, string]>;

/** The headline numbers, each with its interval and what it means. */
export function headlineTable({ evaluation }: Evidence): Block {
  const quote = quoteFrom('evaluation', evaluation);
  const names = ['auc', 'gini', 'ks', 'prAuc', 'logLoss', 'brier', 'ece', 'costPerApplicant'] as const;
  return {
    kind: 'table',
    caption: 'On the untouched holdout, with 95% intervals',
    head: ['Metric', 'Value', 'Interval', 'Reading'],
    rows: names.map((name) => [
      [READINGS[name][0]],
      [quote(({ headline }) => headline[name].value, fixed(4))],
      words`${quote(({ headline }) => headline[name].lo, fixed(4))} to ${quote(({ headline }) => headline[name].hi, fixed(4))}`,
      [READINGS[name][1]],
    ]),
  };
}
