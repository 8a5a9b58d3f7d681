import { dataTable } from '../../pages/data-table.ts';
import { decimal, percent, significant, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import { inlineSvg } from '../../pages/inline-svg.ts';
import { pageDocument, type PageSection } from '../../pages/page-document.ts';
import type { ExactExplanations } from '../explanations-schema.ts';
import { applicantSection } from './applicant-section.ts';
import { dependenceTable } from './dependence-table.ts';
import { faithfulnessSection, faithfulnessSentence } from './faithfulness-section.ts';

const SHOWN = 15;
const METHOD_WORDS = { 'tree-shap': 'Exact TreeSHAP', linear: 'Coefficient times distance from the mean, exactly' } as const;

/** Why the model scores as it does. @param drawings SVG text by name */
export function explanationPage(explanations: ExactExplanations, drawings: ReadonlyMap<string, string>): string {
  const { method, rows, refused, additivityError, additivityTolerance, examples } = explanations;
  return pageDocument({
    title: 'Explanations',
    kicker: `Explanations · credit scoring · ${whole(rows)} applicants of the holdout, ${whole(refused)} of whom are refused`,
    heading: faithfulnessSentence(explanations.faithfulness),
    lead: html`<p class="lead">
      ${METHOD_WORDS[method]}: what every feature adds to the log-odds of default. For every applicant the parts add up to the model’s
      score; the largest error is ${significant(additivityError)}, and ${significant(additivityTolerance)} times 1 + |score| is refused.
    </p>`,
    sections: [
      { id: 'global', title: 'What moves scores', body: globalSection(explanations, drawings) },
      { id: 'dependence', title: 'Which way', body: dependenceSection(explanations, drawings) },
      { id: 'codes', title: 'Reasons for refusals', body: codeSection(explanations) },
      { id: 'faithfulness', title: 'Are they the real reasons?', body: faithfulnessSection(explanations.faithfulness) },
      ...examples.map((example, index): PageSection => ({
        id: `applicant-${index + 1}`,
        title: `Applicant ${example.client}: ${example.why}`,
        body: applicantSection(example, { explanations, svg: drawings.get(`shap_waterfall_${index + 1}`) ?? '', index }),
      })),
    ],
    footer: html`<p>
      A contribution says what the model uses, not what causes a default. What the catalogue marks as prohibited is in no reason.
      Contributions are before calibration, which keeps their order.
    </p>`,
  });
}

/** A figure of the page; its own text says what can be seen. */
function figure(drawings: ReadonlyMap<string, string>, name: string, label: string): Html {
  return html`<figure class="figure">${inlineSvg(drawings.get(name) ?? '', { prefix: name, label })}</figure>`;
}

function globalSection({ concepts, importance }: ExactExplanations, drawings: ReadonlyMap<string, string>): Html {
  return html`${figure(drawings, 'shap_concepts', 'Bars: mean absolute contribution by concept; the table below holds the numbers.')}
  ${dataTable<ExactExplanations['concepts'][number]>({
    caption: 'Mean absolute contribution by concept, in log-odds',
    columns: [
      { title: 'Concept', cell: ({ concept }) => concept },
      { title: 'Log-odds', numeric: true, cell: ({ meanAbs }) => decimal(meanAbs, 4) },
    ],
    rows: concepts,
  })}
  ${figure(drawings, 'shap_importance', 'Bars: mean absolute contribution by feature; the table below holds the numbers.')}
  ${dataTable<ExactExplanations['importance'][number]>({
    caption: `The ${Math.min(SHOWN, importance.length)} features that move scores most, of ${importance.length}`,
    columns: [
      { title: 'Feature', cell: ({ en, feature }) => html`${en}<small><code>${feature}</code></small>` },
      { title: 'Concept', cell: ({ concept }) => concept },
      { title: 'Log-odds', numeric: true, cell: ({ meanAbs }) => decimal(meanAbs, 4) },
    ],
    rows: importance.slice(0, SHOWN),
  })}
  ${figure(drawings, 'shap_beeswarm', 'Dots: every applicant’s contribution by feature, coloured from low to high values. The tables of the next section hold the means for the strongest features.')}`;
}

function dependenceSection({ dependence }: ExactExplanations, drawings: ReadonlyMap<string, string>): Html {
  return html`<p>
      Each dot is an applicant. The line joins the means of tenths of the applicants, which the table below each figure holds.
    </p>
    <div class="figures">
      ${dependence.map(
        (entry, index) =>
          html`<div>
            ${figure(drawings, `shap_dependence_${index + 1}`, `Dots and a line: contribution of “${entry.en}” by its value; the table below holds the means.`)}${dependenceTable(entry)}
          </div>`,
      )}
    </div>`;
}

function codeSection({ codes, refused, withoutReason, reference }: ExactExplanations): Html {
  const population =
    reference.population === 'approved'
      ? `${whole(reference.rows)} of the ${whole(reference.clients)} development clients whom the out-of-fold score would have granted a loan`
      : `${whole(reference.rows)} development clients, for too few of them would have been granted a loan`;
  return html`<p>
      A refusal is reasoned by at most four groups of features, those that add most to the log-odds beyond what they add on average to the
      reference population: ${population}. ${whole(withoutReason)} of ${whole(refused)} refusals have no such group.
    </p>
    ${dataTable<ExactExplanations['codes'][number]>({
      caption: 'Reasons given, by how many refused applicants they are given to',
      columns: [
        { title: 'Code', cell: ({ code }) => html`<code>${code}</code>` },
        { title: 'In words', cell: ({ en, fr }) => html`${en}<small lang="fr">${fr}</small>` },
        { title: 'Given to', numeric: true, cell: ({ named }) => percent(refused === 0 ? 0 : named / refused) },
        { title: 'As the first', numeric: true, cell: ({ first }) => percent(refused === 0 ? 0 : first / refused) },
      ],
      rows: codes,
    })}`;
}
