import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { Assessment } from '../assessment-schema.ts';
import { MIN_ECE_ROWS } from '../slices.ts';
import { shareWithInterval, withInterval } from './number-text.ts';

type Slice = Assessment['slices'][number]['groups'][number];
type Band = NonNullable<Assessment['time']>['bands'][number];

/** Each attribute's groups: where the model ranks or calibrates worse. */
export function sliceSection({ slices }: Assessment): Html {
  if (slices.length === 0) return html`<p>The table names no groups.</p>`;
  return html`<p>
      A dash stands where a number does not exist: too few clients, or none who defaulted. Off: observed less predicted rate of default.
    </p>
    ${slices.map(({ attribute, groups }) =>
      dataTable<Slice>({
        caption: `By ${attribute}`,
        columns: [
          { title: 'Group', cell: ({ group }) => group },
          { title: 'Clients', numeric: true, cell: ({ rows }) => whole(rows) },
          { title: 'Defaults', numeric: true, cell: ({ positives }) => whole(positives) },
          { title: 'AUC', numeric: true, cell: ({ auc }) => withInterval(auc) },
          { title: 'Off', numeric: true, cell: ({ miscalibration }) => shareWithInterval(miscalibration) },
          { title: 'Approved', numeric: true, cell: ({ approvalRate }) => orDash(approvalRate?.value, percent) },
          { title: 'Cost', numeric: true, cell: ({ costPerApplicant }) => withInterval(costPerApplicant) },
          { title: 'Granting all', numeric: true, cell: ({ costGrantAll }) => orDash(costGrantAll, decimal) },
        ],
        rows: groups,
      }),
    )}
    ${reliabilityTable(slices)}`;
}

interface Reliability {
  readonly group: string;
  readonly bins: NonNullable<Slice['reliability']>;
}

/** Predicted against observed in fifths of each group: whether a probability means the same for all. */
function reliabilityTable(slices: Assessment['slices']): Html {
  const rows = slices.flatMap(({ attribute, groups }) =>
    groups.flatMap(({ group, reliability }): Reliability[] =>
      reliability === null ? [] : [{ group: `${attribute}: ${group}`, bins: reliability }],
    ),
  );
  return dataTable<Reliability>({
    caption: `Reliability by group: predicted → observed rate of default in fifths of the group, safest first (groups of ${MIN_ECE_ROWS} and more)`,
    columns: [
      { title: 'Group', cell: ({ group }) => group },
      ...[0, 1, 2, 3, 4].map((bin) => ({
        title: `Fifth ${bin + 1}`,
        numeric: true,
        cell: ({ bins }: Reliability) => {
          const found = bins[bin];
          return found === undefined ? '–' : `${percent(found.predicted)} → ${percent(found.observed)}`;
        },
      })),
    ],
    rows,
  });
}

/** Bands in the order of the stand-in for time, and the learning curve. */
export function timeSection({ time, learning }: Assessment): Html {
  return html`${time === null ? html`<p>No column stands in for time, or too few clients have it.</p>` : bandTable(time)}
  ${
    learning.length > 0 &&
    dataTable<Assessment['learning'][number]>({
      caption: 'Learning curve: one validation fold, judged by models of fewer and fewer training rows, same rounds',
      columns: [
        { title: 'Training rows', cell: ({ rows }) => whole(rows) },
        { title: 'AUC', numeric: true, cell: ({ auc }) => decimal(auc, 4) },
        { title: 'Log-loss', numeric: true, cell: ({ logLoss }) => decimal(logLoss, 4) },
        { title: 'Cost per applicant', numeric: true, cell: ({ cost }) => decimal(cost, 4) },
      ],
      rows: learning,
    })
  }`;
}

function bandTable(time: NonNullable<Assessment['time']>): Html {
  return html`<p>
      The data carry no date. Clients in the order of their ${time.proxy} stand in for time, oldest first; ${whole(time.withoutProxy)} have
      none. AUC of the last band less that of the others: <strong>${withInterval(time.lastLessOthers)}</strong>. The model has seen clients
      of all bands, so this shows where it is weak, not what a future will bring.
    </p>
    ${dataTable<Band & { readonly band: number }>({
      caption: 'Five bands of equal size',
      columns: [
        { title: 'Band', cell: ({ band }) => String(band) },
        { title: 'Clients', numeric: true, cell: ({ rows }) => whole(rows) },
        { title: 'AUC', numeric: true, cell: ({ auc }) => withInterval(auc) },
        { title: 'Predicted', numeric: true, cell: ({ predicted }) => percent(predicted) },
        { title: 'Observed', numeric: true, cell: ({ observed }) => percent(observed) },
        { title: 'Cost', numeric: true, cell: ({ costPerApplicant }) => decimal(costPerApplicant) },
      ],
      rows: time.bands.map((band, at) => ({ ...band, band: at + 1 })),
    })}`;
}
