import { assertNever } from '../../../pipeline/index.ts';
import { badge } from '../../pages/badge.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import { metric, type ReportData } from '../report-data.ts';

const METHODS = ['none', 'platt', 'beta', 'isotonic'] as const;

/** Which calibration was chosen, against which others, and how it does on the holdout. */
export function calibrationSection({ calibrator, calibrationMetrics, evaluation }: ReportData): Html {
  const scored = METHODS.filter((method) => metric(calibrationMetrics, `calibration_log_loss_${method}`) !== null);
  const number = (name: string): string => orDash(metric(calibrationMetrics, name), (value) => decimal(value, 5));
  return html`<p>Chosen: <strong>${calibrator.method}</strong>. ${formula(calibrator)}</p>
    ${
      scored.length > 0 &&
      dataTable<(typeof METHODS)[number]>({
        caption: 'Methods, cross-validated on out-of-fold scores of the development rows; the holdout had no say',
        columns: [
          { title: 'Method', cell: (method) => html`${method} ${method === calibrator.method && badge('ok', 'chosen')}` },
          { title: 'Log-loss', numeric: true, cell: (method) => number(`calibration_log_loss_${method}`) },
          { title: 'Brier', numeric: true, cell: (method) => number(`calibration_brier_${method}`) },
          { title: 'ECE', numeric: true, cell: (method) => number(`calibration_ece_${method}`) },
        ],
        rows: scored,
      })
    }
    ${dataTable<ReportData['evaluation']['calibration'][number]>({
      caption: 'Holdout by calibrated probability: predicted against observed default rate',
      columns: [
        { title: 'Predicted', cell: ({ predicted }) => percent(predicted, 2) },
        { title: 'Observed', numeric: true, cell: ({ observed }) => percent(observed, 2) },
        { title: 'Applicants', numeric: true, cell: ({ count }) => whole(count) },
      ],
      rows: evaluation.calibration,
    })}`;
}

/** How the calibrated probability comes from the model's own, p. */
function formula(calibrator: Calibrator): string {
  switch (calibrator.method) {
    case 'none':
      return 'The model’s own probability is used as it is.';
    case 'platt':
      return `σ(a·logit p + b) with a = ${significant(calibrator.a)}, b = ${significant(calibrator.b)}.`;
    case 'beta':
      return `σ(a·ln p − b·ln(1 − p) + c) with a = ${significant(calibrator.a)}, b = ${significant(calibrator.b)}, c = ${significant(calibrator.c)}.`;
    case 'isotonic':
      return `Linear between ${calibrator.x.length} points, clipped outside them.`;
    default:
      return assertNever(calibrator);
  }
}
