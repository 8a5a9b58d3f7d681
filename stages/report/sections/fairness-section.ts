import type { Evaluation } from '../../evaluate/evaluation-schema.ts';
import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';

type Attribute = Evaluation['fairness'][number];
type Group = Attribute['groups'][number];

/** Decisions and errors by group. The four-fifths rule is a rule of thumb of US employment law, printed for orientation. */
export function fairnessSection({ fairness }: Evaluation): Html {
  if (fairness.length === 0) return html`<p>No attribute was measured.</p>`;
  return html`<p>
      Measured on the holdout at the threshold used. A group’s own approval and error rates say what the model does, not why: groups differ
      in what they apply for and in how they pay.
    </p>
    ${fairness.map(attributeBlock)}`;
}

function attributeBlock({ attribute, groups, adverseImpactRatio: ratio }: Attribute): Html {
  return html`<h3>${attribute}</h3>
    <p>
      ${ratio === null ? 'No ratio of approval rates: fewer than two groups of 30 rows.' : html`Lowest approval rate over the highest: <strong>${decimal(ratio.value, 2)}</strong> (${decimal(ratio.lo, 2)} to ${decimal(ratio.hi, 2)}); ${ratio.value < 0.8 ? 'below' : 'at or above'} the 0.8 of the four-fifths rule of thumb.`}
    </p>
    ${dataTable<Group>({
      caption: `Decisions by ${attribute}`,
      columns: [
        { title: 'Group', cell: ({ group }) => group },
        { title: 'Applicants', numeric: true, cell: ({ rows }) => whole(rows) },
        { title: 'Defaults', numeric: true, cell: ({ positives }) => whole(positives) },
        { title: 'Approved', numeric: true, cell: ({ approvalRate }) => percent(approvalRate) },
        { title: 'Good but refused', numeric: true, cell: ({ falsePositiveRate }) => orDash(falsePositiveRate, percent) },
        { title: 'Defaults caught', numeric: true, cell: ({ truePositiveRate }) => orDash(truePositiveRate, percent) },
        { title: 'Predicted', numeric: true, cell: ({ meanPredicted }) => percent(meanPredicted) },
        { title: 'Observed', numeric: true, cell: ({ observedRate }) => percent(observedRate) },
      ],
      rows: groups,
    })}`;
}
