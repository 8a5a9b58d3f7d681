import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { counted, orDash } from '../../pages/format.ts';
import { histogramKey, histogramPair, type HistogramWords } from '../../pages/histogram-pair.ts';
import { html, type Html } from '../../pages/html.ts';
import type { Say } from './language.ts';
import { labelsIn } from './histogram-labels.ts';
import { numbersIn } from './numbers.ts';
import { psiBand } from './psi-words.ts';
import type { DriftColumn, DriftResult } from '../drift-schema.ts';
import { DRIFT_RULES, ruleText } from '../maths/drift-rule.ts';
import type { DefaultTest } from '../maths/default-test.ts';
import { BEYOND_CHANCE, DEFAULT_LIMITS } from '../limits.ts';
import { frenchReason } from '../judge/findings.ts';

/** More columns than this are not all in sight: those that stayed within their limits are folded away, but for the first ones. */
const ALL_IN_SIGHT = 30;
const FIRST_IN_SIGHT = 10;

/** All judged columns, the largest PSI first: it is on one scale for every column and counts missing values. */
export function columnTable({ columns, reference, current }: DriftResult, say: Say): Html {
  const judged = columns
    .filter(({ skipReason }) => skipReason === null)
    .toSorted((a, b) => (b.psi ?? -1) - (a.psi ?? -1) || (a.name < b.name ? -1 : 1));
  if (judged.length === 0) return html`<p>${say('No column could be compared.', 'Aucune colonne n’a pu être comparée.')}</p>`;
  const seen = judged.length <= ALL_IN_SIGHT ? judged : judged.filter((column, at) => at < FIRST_IN_SIGHT || hasMoved(column));
  const folded = judged.filter((column) => !seen.includes(column));
  return html`${histogramKey(reference.name, current.name, histogramWords(say))}
  ${tableOf(seen, {
    caption: say(
      `${folded.length === 0 ? counted(judged.length, 'column') : `${seen.length} of ${counted(judged.length, 'column')}`} by population stability index, the most changed first. Histograms show shares of all rows; the end bars are open.`,
      `${folded.length === 0 ? judged.length : `${seen.length} des ${judged.length}`} colonnes par indice de stabilité de population, les plus changées d’abord. Les histogrammes montrent des parts de toutes les lignes ; les barres des bouts sont ouvertes.`,
    ),
    say,
  })}
  ${
    folded.length > 0 &&
    html`<details>
      <summary>
        ${say(`${counted(folded.length, 'column')} within all limits`, `${folded.length} colonne${folded.length > 1 ? 's' : ''} dans toutes les limites`)}
      </summary>
      ${tableOf(folded, { caption: say('Within all limits, the most changed first', 'Dans toutes les limites, les plus changées d’abord'), say })}
    </details>`
  }`;
}

/** Whether anything about it is worth a look, by the limits that nobody moved. */
function hasMoved({ psi, missing: { reference, current }, evidently: verdict, stability }: DriftColumn): boolean {
  const { scorePsi, missingShift, unseenShare } = DEFAULT_LIMITS;
  return (
    verdict?.drifted === true ||
    (psi ?? 0) >= (scorePsi.watch ?? 1) ||
    Math.abs(current - reference) >= (missingShift.watch ?? 1) ||
    (stability?.unseen?.share ?? 0) >= (unseenShare.watch ?? 1)
  );
}

function tableOf(rows: readonly DriftColumn[], { caption, say }: { readonly caption: string; readonly say: Say }): Html {
  return dataTable<DriftColumn>({
    caption,
    columns: [
      {
        title: say('Column', 'Colonne'),
        cell: ({ name, type }) => html`${name}<small>${type === 'num' ? say('number', 'nombre') : say('category', 'catégorie')}</small>`,
      },
      {
        title: 'Distribution',
        cell: ({ name, type, histogram }) =>
          histogram && histogramPair(name, { ...histogram, labels: labelsIn(histogram.labels, type, say) }, histogramWords(say)),
      },
      { title: 'PSI', cell: (column) => psiCell(column, say) },
      { title: say('Missing', 'Manquantes'), cell: (column) => missing(column, say) },
      { title: 'Evidently', cell: (column) => evidently(column, say) },
    ],
    rows,
  });
}

/** Columns without a verdict, and why. */
export function skippedTable(columns: readonly DriftColumn[], say: Say): Html {
  const { decimal, percent } = numbersIn(say);
  return dataTable<DriftColumn>({
    caption: say(
      `${counted(columns.length, 'column')} without a verdict by Evidently’s rules`,
      `${columns.length} colonnes sans verdict selon les règles d’Evidently`,
    ),
    columns: [
      { title: say('Column', 'Colonne'), cell: ({ name }) => name },
      { title: say('Reason', 'Motif'), cell: ({ skipReason }) => skipReason && say(skipReason, frenchReason(skipReason)) },
      { title: 'PSI', cell: ({ psi }) => orDash(psi, (value) => decimal(value)) },
      { title: say('Missing', 'Manquantes'), cell: ({ missing: { reference, current } }) => `${percent(reference)} → ${percent(current)}` },
    ],
    rows: columns,
  });
}

/** The index, its band, how much of it is missing values, and the levels and values that nobody had before. */
function psiCell({ psi, stability }: DriftColumn, say: Say): Html | null {
  if (psi === null) return null;
  const { decimal, percent } = numbersIn(say);
  const part = stability === undefined || psi <= 0 ? 0 : stability.missingPart / psi;
  const notes = [
    psiBand(psi, say),
    ...(part >= 0.005 ? [say(`${percent(part, 0)} missing values`, `${percent(part, 0)} de valeurs manquantes`)] : []),
    ...(stability?.pAdjusted !== null && stability?.pAdjusted !== undefined && stability.pAdjusted >= BEYOND_CHANCE
      ? [say('within chance', 'dans le hasard')]
      : []),
    ...(stability?.unseen !== null && stability?.unseen !== undefined && stability.unseen.share > 0
      ? [say(`${percent(stability.unseen.share)} unseen levels`, `${percent(stability.unseen.share)} de niveaux inconnus`)]
      : []),
    ...beyond(stability?.outOfRange, say),
  ];
  return html`${decimal(psi, 4)}<small>${notes.join('; ')}</small>`;
}

/** What lies beyond the reference's range, where a table of one decimal shows it. */
function beyond(range: { readonly below: number; readonly above: number } | null | undefined, say: Say): string[] {
  if (range === null || range === undefined) return [];
  const { percent } = numbersIn(say);
  const sides = [
    [range.below, say('below the least value of the reference', 'sous la plus petite valeur de la référence')],
    [range.above, say('above the greatest value of the reference', 'au-dessus de la plus grande valeur de la référence')],
  ] as const;
  return sides.filter(([share]) => share >= 0.0005).map(([share, where]) => `${percent(share)} ${where}`);
}

function missing({ missing: { reference, current } }: DriftColumn, say: Say): Html | string {
  const { points } = numbersIn(say);
  if (reference === 0 && current === 0) return say('none', 'aucune');
  const delta = current - reference;
  const shift =
    Math.abs(delta) >= (DEFAULT_LIMITS.missingShift.watch ?? 1) ? badge('watch', `${points(delta)} points`) : `${points(delta)} points`;
  return html`${rare(reference, say)} → ${rare(current, say)}<small>${shift}</small>`;
}

/** Per cent with one decimal, more where that would round to nothing. */
function rare(share: number, say: Say): string {
  const { percent } = numbersIn(say);
  return share > 0 && share < 0.0005 ? percent(share, 3) : percent(share);
}

function evidently({ evidently: verdict, chance }: DriftColumn, say: Say): Html | null {
  if (verdict === null) return null;
  const { decimal, significant, text } = numbersIn(say);
  const rule = isDefaultTest(verdict.test) ? DRIFT_RULES[verdict.test] : null;
  const limit = `${rule?.label ?? verdict.test} ${orDash(verdict.score, significant)}, ${say('drift', 'dérive')} ${text(rule === null ? `≥ ${verdict.threshold}` : ruleText(rule))}`;
  const noise = chance === null ? null : html`<small>${decimal(chance)} ${say('by chance alone', 'par le seul hasard')}</small>`;
  return html`${verdict.drifted ? badge('watch', say('drift', 'dérive')) : badge('none', say('no drift', 'pas de dérive'))}<small>${limit}</small>${noise}`;
}

function isDefaultTest(name: string): name is DefaultTest {
  return Object.hasOwn(DRIFT_RULES, name);
}

/** What the drawings say of themselves. */
function histogramWords(say: Say): HistogramWords {
  return {
    wide: say('wide, pale', 'large, pâle'),
    narrow: say('narrow, dark', 'étroit, foncé'),
    missing: say('missing in', 'manquantes dans'),
    last: say('always the last bar', 'toujours la dernière barre'),
    before: say('then', 'avant'),
    after: say('now', 'maintenant'),
    number: numbersIn(say).text,
    change: (label, from, to, shift) =>
      say(
        `largest change at “${label}”, from ${from} to ${to} of rows (${shift} points)`,
        `plus grand changement à « ${label} », de ${from} à ${to} des lignes (${shift} points)`,
      ),
  };
}
