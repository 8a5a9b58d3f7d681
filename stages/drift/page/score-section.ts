import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { psiWord } from './drift-tiles.ts';
import type { DriftPageContext } from './drift-page.ts';

interface ScoreRow {
  readonly what: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** What the changes in the data do to the model's decisions. */
export function scoreSection({ score, current }: DriftResult, { threshold }: DriftPageContext): Html {
  if (score === null)
    return html`<p>
      The scores were not compared:
      ${current.rows === 0 ? 'the current part has no rows' : 'one of the two parts has no row in the feature table'}.
    </p>`;
  return html`<p>
      The model scored both parts. Its reference is the <strong>holdout</strong>: labelled applicants on whom it was not trained, so that
      both parts are new to it. An application is refused from a calibrated probability of
      ${orDash(threshold, (value) => decimal(value, 4))} on.
    </p>
    <p>Score PSI is <strong>${orDash(score.psi, (psi) => decimal(psi, 4))}</strong>, ${psiWord(score.psi)}.</p>
    ${dataTable<ScoreRow>({
      caption: 'Scores of the holdout and of the current part',
      columns: [
        { title: 'Measure', cell: ({ what }) => what },
        { title: 'Holdout', numeric: true, cell: ({ before }) => orDash(before, (value) => percent(value, 2)) },
        { title: 'Current', numeric: true, cell: ({ after }) => orDash(after, (value) => percent(value, 2)) },
      ],
      rows: [
        { what: 'Mean calibrated probability of default', before: score.meanPdReference, after: score.meanPdCurrent },
        { what: 'Approval rate at the threshold', before: score.approvalRateReference, after: score.approvalRateCurrent },
      ],
    })}
    <p class="note">
      No label of the current part is known yet: these numbers say that the mix of applicants changed, not whether the model is still right
      about them.
    </p>`;
}
