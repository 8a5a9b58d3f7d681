import { decimal, percent, whole } from '../../pages/format.ts';
import type { Html } from '../../pages/html.ts';
import { type Tile, tiles } from '../../pages/tile.ts';
import type { ReportData } from '../report-data.ts';

interface Interval {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

/** The nine numbers of the holdout, each with its interval. */
export function headlineTiles({ evaluation }: ReportData): Html {
  const { headline, approvalRate, badRateAmongApproved } = evaluation;
  return tiles([
    interval('AUC', headline.auc),
    interval('Gini', headline.gini),
    interval('Kolmogorov–Smirnov', headline.ks),
    interval('PR-AUC', headline.prAuc),
    interval('Log-loss', headline.logLoss),
    interval('Brier score', headline.brier, 4),
    interval('Calibration error (ECE)', headline.ece, 4),
    {
      label: 'Approval rate',
      value: percent(approvalRate),
      note: badRateAmongApproved === null ? 'nobody approved' : `${percent(badRateAmongApproved)} of the approved default`,
    },
    {
      label: 'Cost per 1,000 applicants',
      value: whole(headline.costPerApplicant.value * 1000),
      note: `${whole(headline.costPerApplicant.lo * 1000)} to ${whole(headline.costPerApplicant.hi * 1000)}`,
    },
  ]);
}

function interval(label: string, { value, lo, hi }: Interval, digits = 3): Tile {
  return { label, value: decimal(value, digits), note: `${decimal(lo, digits)} to ${decimal(hi, digits)}` };
}
