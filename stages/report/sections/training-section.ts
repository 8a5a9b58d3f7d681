import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { ModelSummary } from '../../train/stage.ts';
import { metric, type ReportData } from '../report-data.ts';

/** Folds, rounds and parameters. */
export function trainingSection({ summary, trainMetrics }: ReportData): Html {
  const auc = metric(trainMetrics, 'cv_auc');
  const deviation = metric(trainMetrics, 'cv_auc_sd');
  return html`<p>
      Trainer ${summary.trainer} (${summary.library} ${summary.libraryVersion}), ${whole(summary.rounds)} rounds on ${whole(summary.rows)}
      applicants (${whole(summary.positives)} defaults, ${percent(summary.baseRate, 2)}) and ${summary.features.length} features. Class
      weight: ${summary.classWeight}${summary.positiveWeight !== 1 && `, a default weighs ${significant(summary.positiveWeight)}`}.
      ${summary.prohibited.length > 0 && `Left out as prohibited: ${summary.prohibited.join(', ')}.`}
    </p>
    <p>
      Mean AUC of the validation folds
      ${orDash(auc, (value) => decimal(value, 4))}${deviation !== null && ` (standard deviation ${decimal(deviation, 4)})`}. Each fold’s
      number of rounds was chosen on the other folds.
    </p>
    ${dataTable<ModelSummary['folds'][number]>({
      caption: 'Validation folds',
      columns: [
        { title: 'Fold', cell: ({ fold }) => fold },
        { title: 'Applicants', numeric: true, cell: ({ rows }) => whole(rows) },
        { title: 'Defaults', numeric: true, cell: ({ positives }) => whole(positives) },
        { title: 'Rounds', numeric: true, cell: ({ rounds }) => whole(rounds) },
        { title: 'AUC', numeric: true, cell: ({ auc: value }) => decimal(value, 4) },
      ],
      rows: summary.folds,
    })}
    <details>
      <summary>Parameters</summary>
      ${dataTable<readonly [string, string | number]>({
        caption: 'Parameters of the booster',
        columns: [
          { title: 'Parameter', cell: ([name]) => html`<code>${name}</code>` },
          { title: 'Value', cell: ([, value]) => html`<code>${value}</code>` },
        ],
        rows: Object.entries(summary.parameters).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      })}
    </details>`;
}
