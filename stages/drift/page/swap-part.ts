import { dataTable } from '../../pages/data-table.ts';
import { orDash, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { EstimateResult } from '../outlook/outlook-schema.ts';
import { costOf, costUnit } from './cost-words.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';

/** What a tenth of the reference usually comes to: the alert limits that a reader of NannyML knows. */
export function usualPart({ usual, confidenceBased }: EstimateResult, money: DriftResult['money'], say: Say): Html {
  if (usual === null || usual === undefined) return html``;
  const { percent } = numbersIn(say);
  const cost = confidenceBased.all.costPerLoan.value;
  const isUsual = cost !== null && cost >= usual.costPerLoan.lo && cost <= usual.costPerLoan.hi;
  const [lo, hi] = [costOf(usual.costPerLoan.lo, money), costOf(usual.costPerLoan.hi, money)];
  const [low, high] = [percent(usual.defaultRate.lo), percent(usual.defaultRate.hi)];
  return html`<p>
    ${say(
      `Over ${usual.chunks} parts of the reference of ${whole(usual.rows)} loans each, the cost lay between ${lo} and ${hi} and the default rate between ${low} and ${high} (mean ± 3 standard deviations): the estimate is ${isUsual ? 'within' : 'outside'} that range.`,
      `Sur ${usual.chunks} parties de la référence de ${whole(usual.rows)} prêts, le coût était entre ${lo} et ${hi} et le taux de défaut entre ${low} et ${high} (moyenne ± 3 écarts-types) : l’estimation est ${isUsual ? 'dans' : 'hors de'} cette plage.`,
    )}
  </p>`;
}

interface SwapRow {
  readonly who: string;
  readonly side: NonNullable<EstimateResult['swapSet']>['swappedIn'];
}

/** Who would change sides under a cut-off set anew for these applicants. */
export function swapPart(
  { confidenceBased }: EstimateResult,
  { threshold, swappedIn, swappedOut, costChange: change }: NonNullable<EstimateResult['swapSet']>,
  money: DriftResult['money'],
  say: Say,
): Html {
  const { decimal, percent } = numbersIn(say);
  const moved = swappedIn.rows + swappedOut.rows;
  const [all, cost] = [confidenceBased.all.rows, costOf(Math.abs(change), money)];
  const saves = change < 0 ? say(`save ${cost}`, `économiserait ${cost}`) : say(`add ${cost}`, `ajouterait ${cost}`);
  return html`<h3>${say('If the cut-off were set anew', 'Si le seuil était refait')}</h3>
    <p>
      ${say(
        `Calibrated again for these applicants and refused from ${decimal(threshold, 4)} on, ${whole(moved)} of ${whole(all)} would change sides${moved === 0 ? '.' : `; that would ${saves} ${costUnit(money, say)}. One half of the labelled rows chose, the other says what it comes to.`}`,
        `Recalibrés pour ces demandeurs et refusés dès ${decimal(threshold, 4)}, ${whole(moved)} sur ${whole(all)} changeraient de côté${moved === 0 ? '.' : ` ; cela ${saves} ${costUnit(money, say)}. Une moitié des lignes étiquetées a choisi, l’autre dit ce qu’il en coûte.`}`,
      )}
    </p>
    ${
      moved > 0 &&
      dataTable<SwapRow>({
        caption: say(
          'Swap set: who they are, by the model’s own probability',
          'Permutations : qui ils sont, par la probabilité brute du modèle',
        ),
        columns: [
          { title: say('Decision', 'Décision'), cell: ({ who }) => who },
          {
            title: say('Applicants', 'Demandeurs'),
            numeric: true,
            cell: ({ side }) => html`${whole(side.rows)}<small>${percent(side.rows / Math.max(1, all))}</small>`,
          },
          {
            title: say('Score from, to', 'Score de, à'),
            numeric: true,
            cell: ({ side: { from, to } }) => (from === null || to === null ? '–' : `${percent(from)} ${say('to', 'à')} ${percent(to)}`),
          },
          {
            title: say('Expected default rate', 'Taux de défaut attendu'),
            numeric: true,
            cell: ({ side }) => orDash(side.expectedDefaultRate, (rate) => percent(rate)),
          },
        ],
        rows: [
          { who: say('refused now, granted then', 'refusés aujourd’hui, acceptés alors'), side: swappedIn },
          { who: say('granted now, refused then', 'acceptés aujourd’hui, refusés alors'), side: swappedOut },
        ],
      })
    }`;
}
