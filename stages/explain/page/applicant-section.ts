import { signed } from '../../explanations/figures/scale.ts';
import { dataTable } from '../../pages/data-table.ts';
import { decimal, percent } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import { inlineSvg } from '../../pages/inline-svg.ts';
import type { ExactExplanations } from '../explanations-schema.ts';

type Example = ExactExplanations['examples'][number];

export interface ApplicantFacts {
  readonly explanations: ExactExplanations;
  readonly svg: string;
  readonly index: number;
}

/** One applicant: the way to the score, and the reasons as they would be written to them. */
export function applicantSection(example: Example, { explanations, svg, index }: ApplicantFacts): Html {
  const { margin, calibrated, decision, concepts } = example;
  const rows = [
    { concept: 'all applicants on average', sum: explanations.bias },
    ...concepts,
    { concept: 'score of this applicant', sum: margin },
  ];
  return html`<p>
      Probability of default ${percent(calibrated, 2)}, limit ${percent(explanations.threshold, 2)}:
      <strong>${decision === 'refuse' ? 'refused' : 'approved'}</strong>.
    </p>
    <figure class="figure">
      ${inlineSvg(svg, { prefix: `applicant-${index + 1}`, label: `Waterfall from the mean log-odds ${decimal(explanations.bias)} to this applicant’s ${decimal(margin)}; the table below holds every step.` })}
    </figure>
    <details>
      <summary>Every concept, in log-odds</summary>
      ${dataTable<{ readonly concept: string; readonly sum: number }>({
        caption: 'Contributions by concept; they add up to the score',
        columns: [
          { title: 'Concept', cell: ({ concept }) => concept },
          { title: 'Log-odds', numeric: true, cell: ({ sum }) => signed(sum) },
        ],
        rows,
      })}
    </details>
    ${decision === 'refuse' && reasonList(example)}`;
}

function reasonList({ reasons }: Example): Html {
  if (reasons.length === 0) return html`<p>No group of features pushes towards refusal by itself: a person has to reason this one.</p>`;
  return html`<h3>In the letter</h3>
    <ol>
      ${reasons.map(({ en, code }) => html`<li>${en} <code>${code}</code></li>`)}
    </ol>
    <h3 lang="fr">Dans la lettre</h3>
    <ol lang="fr">
      ${reasons.map(({ fr, code }) => html`<li>${fr} <code>${code}</code></li>`)}
    </ol>
    ${dataTable<Example['reasons'][number]>({
      caption: 'For the credit officer: features behind each reason, log-odds beyond the reference population’s mean',
      columns: [
        { title: 'Code', cell: ({ code }) => html`<code>${code}</code>` },
        { title: 'Push', numeric: true, cell: ({ push }) => signed(push) },
        {
          title: 'Strongest features',
          cell: ({ features }) =>
            features.slice(0, 4).map(({ name, push }, at) => html`${at > 0 && ', '}<code>${name}</code> ${signed(push)}`),
        },
      ],
      rows: reasons,
    })}`;
}
