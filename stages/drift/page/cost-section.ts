import { dataTable } from '../../pages/data-table.ts';
import { orDash, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { EstimatedPopulations, EstimateResult, FigureResult, RealisedResult } from '../outlook/outlook-schema.ts';
import { costOf, costUnit } from './cost-words.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { swapPart, usualPart } from './swap-part.ts';
import { unknownReason } from './unknown-reason.ts';

interface PopulationRow {
  readonly name: string;
  readonly own: EstimatedPopulations['all'];
}

/** What the decisions will come to and, once outcomes are known, what they came to. */
export function costSection(result: DriftResult, say: Say): Html {
  const { estimate, realised, money } = result;
  if (estimate === null || estimate === undefined)
    return html`<p>${say('The cost is not estimated', 'Le coût n’est pas estimé')}${unknownReason(result, 'estimate', say)}.</p>`;
  const { text } = numbersIn(say);
  const { falseNegative, falsePositive } = estimate.costs;
  return html`<p>
      ${say(
        `Before any outcome is known: each applicant counts as a default with the calibrated probability that labelled applicants with such a score had. A default that is granted costs ${falseNegative}, a payer who is refused ${falsePositive}. Bands hold the outcome in 95 of 100 cases, if applicants with a score still default as they did.`,
        `Avant tout remboursement connu : chaque demandeur compte comme un défaut avec la probabilité calibrée qu’avaient les demandeurs étiquetés de même score. Un défaut accordé coûte ${text(falseNegative)}, un bon payeur refusé ${text(falsePositive)}. Les fourchettes contiennent l’issue 95 fois sur 100, si à score égal on fait défaut comme avant.`,
      )}
    </p>
    ${populationTable(estimate, money, say)} ${doubt(estimate, money, say)} ${usualPart(estimate, money, say)}
    ${estimate.swapSet !== undefined && swapPart(estimate, estimate.swapSet, money, say)}
    ${realised !== null && realised !== undefined && realisedPart(realised, money, say)}`;
}

function populationTable({ confidenceBased, reference }: EstimateResult, money: DriftResult['money'], say: Say): Html {
  const { percent, decimal } = numbersIn(say);
  const costs = (value: number): string => costOf(value, money);
  const [all, approved, rejected] = [
    { name: say('All applicants', 'Tous les demandeurs'), own: confidenceBased.all },
    { name: say('Approved', 'Acceptés'), own: confidenceBased.approved },
    { name: say('Refused', 'Refusés'), own: confidenceBased.rejected },
  ];
  return dataTable<PopulationRow>({
    caption: say(
      `Estimated, of the current part. The reference’s ${whole(reference.rows)} labelled rows: cost ${orDash(reference.costPerLoan, costs)}, default rate ${orDash(reference.defaultRate, (rate) => percent(rate))}, AUC ${orDash(reference.auc, (auc) => decimal(auc))}`,
      `Estimations pour la partie courante. Les ${whole(reference.rows)} lignes étiquetées de la référence : coût ${orDash(reference.costPerLoan, costs)}, taux de défaut ${orDash(reference.defaultRate, (rate) => percent(rate))}, AUC ${orDash(reference.auc, (auc) => decimal(auc))}`,
    ),
    columns: [
      { title: say('Applicants', 'Demandeurs'), cell: ({ name, own }) => html`${name}<small>${whole(own.rows)}</small>` },
      {
        title: say(`Cost, ${costUnit(money, say)}`, `Coût, ${costUnit(money, say)}`),
        numeric: true,
        cell: ({ own }) => withBand(own.costPerLoan, costs, say),
      },
      {
        title: say('Default rate', 'Taux de défaut'),
        numeric: true,
        cell: ({ own }) => withBand(own.defaultRate, (value) => percent(value), say),
      },
      { title: 'AUC', numeric: true, cell: ({ own }) => withBand(own.auc, (value) => decimal(value), say) },
      { title: say('Precision', 'Précision'), numeric: true, cell: ({ own }) => withBand(own.precision, (value) => percent(value), say) },
      { title: say('Recall', 'Rappel'), numeric: true, cell: ({ own }) => withBand(own.recall, (value) => percent(value), say) },
    ],
    rows: [all, approved, rejected],
  });
}

/** A number with its 95 % band below. */
function withBand({ value, lo, hi }: FigureResult, format: (value: number) => string, say: Say): Html {
  return html`${orDash(value, format)}${lo !== null && hi !== null && html`<small>${format(lo)} ${say('to', 'à')} ${format(hi)}</small>`}`;
}

/** The same by reference rows that resemble the current ones, and how many there are. */
function doubt({ weighted, effectiveSampleSize, reference }: EstimateResult, money: DriftResult['money'], say: Say): Html {
  if (weighted === null || effectiveSampleSize === null) return html``;
  const value = orDash(weighted.all.costPerLoan.value, (cost) => costOf(cost, money));
  return html`<p>
    ${say(
      `With reference rows weighted by their likeness to the current ones, the cost is ${value}; the gap between the two is the doubt in both. The weighted rows are worth ${whole(effectiveSampleSize)} of ${whole(reference.rows)}.`,
      `En pondérant les lignes de référence par leur ressemblance aux courantes, le coût est ${value} ; l’écart entre les deux mesure le doute. Les lignes pondérées en valent ${whole(effectiveSampleSize)} sur ${whole(reference.rows)}.`,
    )}
  </p>`;
}

interface RealisedRow {
  readonly what: string;
  readonly came: FigureResult;
  readonly said: FigureResult | null;
  readonly format: (value: number) => string;
}

function realisedPart(realised: RealisedResult, money: DriftResult['money'], say: Say): Html {
  const { percent, decimal } = numbersIn(say);
  const costs = (value: number): string => costOf(value, money);
  const source =
    realised.expected.source === 'history'
      ? say('as the history has it', 'selon l’historique')
      : say('estimated for the same rows', 'estimé pour les mêmes lignes');
  return html`<h3>${say('What came true', 'Ce qui s’est réalisé')}</h3>
    <p><strong>${verdictOf(realised, say)}</strong></p>
    ${dataTable<RealisedRow>({
      caption: say(
        `${whole(realised.rows)} loans with an outcome, ${whole(realised.unlabelled)} without; expected: ${source}`,
        `${whole(realised.rows)} prêts échus, ${whole(realised.unlabelled)} sans issue connue ; attendu : ${source}`,
      ),
      columns: [
        { title: say('Measure', 'Mesure'), cell: ({ what }) => what },
        {
          title: say('Expected', 'Attendu'),
          numeric: true,
          cell: ({ said, format }) => (said === null ? '–' : withBand(said, format, say)),
        },
        { title: say('Came true', 'Réalisé'), numeric: true, cell: ({ came, format }) => withBand(came, format, say) },
      ],
      rows: [
        {
          what: say(`Cost, ${costUnit(money, say)}`, `Coût, ${costUnit(money, say)}`),
          came: realised.costPerLoan,
          said: realised.expected.costPerLoan,
          format: costs,
        },
        {
          what: say('Default rate', 'Taux de défaut'),
          came: realised.defaultRate,
          said: realised.expected.defaultRate,
          format: (value) => percent(value),
        },
        { what: 'AUC', came: realised.auc, said: null, format: (value) => decimal(value) },
      ],
    })}
    ${
      realised.bounds !== null &&
      html`<p class="note">
        ${say(
          `Whatever the outcomes that are not known, the cost of the whole batch lies between ${costs(realised.bounds.lo)} and ${costs(realised.bounds.hi)}.`,
          `Quelles que soient les issues inconnues, le coût de tout le lot est entre ${costs(realised.bounds.lo)} et ${costs(realised.bounds.hi)}.`,
        )}
      </p>`
    }`;
}

function verdictOf({ drift }: RealisedResult, say: Say): string {
  if (drift === 'concept')
    return say(
      'Concept drift: outcomes lie outside what these scores promised. Applicants with a score default otherwise than they did: retrain, do not only recalibrate thresholds.',
      'Dérive du concept : les issues sortent de ce que ces scores promettaient. À score égal on ne fait plus défaut comme avant : réentraînez, un simple réglage du seuil ne suffit pas.',
    );
  if (drift === 'covariate')
    return say(
      'Covariate drift only: the applicants have changed, but default as their scores promised.',
      'Dérive des demandeurs seulement : ils ont changé, mais font défaut comme leurs scores le promettaient.',
    );
  return say('As expected: neither applicants nor outcomes have changed.', 'Comme attendu : ni les demandeurs ni les issues n’ont changé.');
}
