import { dataTable } from '../../pages/data-table.ts';
import { whole } from '../../pages/format.ts';
import { html, type Html, trusted } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { ShiftResult } from '../outlook/outlook-schema.ts';
import { conceptName } from './concept-name.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { unknownReason } from './unknown-reason.ts';

/** Concepts that are drawn; the others together. */
const DRAWN = 10;
const [ROW, LEFT, WIDTH] = [24, 170, 640];

type Part = ShiftResult['concepts'][number];

/** Why the mean score moved: exact sums of contributions by concept. */
export function whySection(result: DriftResult, say: Say): Html {
  const { shift } = result;
  if (shift === null || shift === undefined)
    return html`<p>${say('Not explained', 'Non expliqué')}${unknownReason(result, 'shift', say)}.</p>`;
  const { signed } = numbersIn(say);
  return html`<p>
      ${say('The mean score moved by', 'Le score moyen a bougé de')} <strong>${signed(shift.delta)}</strong>
      ${say(
        `in log-odds of default (above nought: riskier). Each concept’s part is the change of its features’ mean SHAP contribution; the parts add up to the whole exactly (within ${shift.sumError.toExponential(0)}).`,
        `en log-cotes de défaut (au-dessus de zéro : plus risqué). La part de chaque thème est le changement de la contribution SHAP moyenne de ses variables ; leur somme est exactement le tout (à ${shift.sumError.toExponential(0)} près).`,
      )}
    </p>
    <figure class="figure">${waterfall(withOthers(shift.concepts, say), shift.delta, say)}</figure>
    ${dataTable<Part>({
      caption: say(
        `Features that moved the mean score most, with 95% intervals; ${whole(shift.rows.reference)} and ${whole(shift.rows.current)} rows were explained`,
        `Variables qui ont le plus déplacé le score moyen, intervalles à 95 % ; ${whole(shift.rows.reference)} et ${whole(shift.rows.current)} lignes expliquées`,
      ),
      columns: [
        { title: say('Feature', 'Variable'), cell: ({ name }) => name },
        { title: say('Shift, log-odds', 'Déplacement, log-cotes'), numeric: true, cell: ({ delta }) => signed(delta) },
        { title: say('Interval', 'Intervalle'), numeric: true, cell: ({ lo, hi }) => `${signed(lo)} ${say('to', 'à')} ${signed(hi)}` },
      ],
      rows: shift.features.slice(0, 10),
    })}`;
}

function withOthers(concepts: readonly Part[], say: Say): readonly Part[] {
  const shown = concepts.slice(0, DRAWN).map((part) => ({ ...part, name: conceptName(part.name, say) }));
  const rest = concepts.slice(DRAWN);
  if (rest.length === 0) return shown;
  const delta = rest.reduce((sum, part) => sum + part.delta, 0);
  return [...shown, { name: say(`${rest.length} others`, `${rest.length} autres`), delta, lo: delta, hi: delta }];
}

/** Steps from the reference's mean score to the current one's; a list of numbers beside it says the same. */
function waterfall(parts: readonly Part[], delta: number, say: Say): Html {
  const { signed } = numbersIn(say);
  const ends = parts.reduce<number[]>((sums, part) => [...sums, (sums.at(-1) ?? 0) + part.delta], [0]);
  const [low, high] = [Math.min(...ends, 0), Math.max(...ends, 0)];
  const span = Math.max(high - low, 1e-9);
  const x = (value: number): number => LEFT + 8 + ((value - low) / span) * (WIDTH - LEFT - 88);
  const height = (parts.length + 1) * ROW + 8;
  const step = (name: string, at: number, [from, to]: readonly [number, number], kind: string): Html => {
    const [left, right] = [x(Math.min(from, to)), x(Math.max(from, to))];
    return html`<text x="${LEFT}" y="${at * ROW + 17}" text-anchor="end" font-size="13" fill="#1b2330">${name}</text>
      <rect
        x="${left.toFixed(1)}"
        y="${at * ROW + 5}"
        width="${Math.max(1.5, right - left).toFixed(1)}"
        height="16"
        fill="${trusted(kind)}"
      />
      <text x="${(right + 6).toFixed(1)}" y="${at * ROW + 17}" font-size="12" fill="#556072">${signed(to - from)}</text>`;
  };
  const label = `${say('Why the mean score moved', 'Pourquoi le score moyen a bougé')}: ${parts.map((part) => `${part.name} ${signed(part.delta)}`).join(', ')}; ${say('in all', 'en tout')} ${signed(delta)}`;
  return html`<svg
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    font-family="system-ui,sans-serif"
  >
    <path d="M${x(0).toFixed(1)} 0V${height}" stroke="#8993a3" stroke-width="1" stroke-dasharray="3 3" />
    ${parts.map((part, at) => step(part.name, at, [ends[at] ?? 0, ends[at + 1] ?? 0], part.delta > 0 ? '#9d1f1b' : '#17653a'))}
    ${step(say('in all', 'en tout'), parts.length, [0, delta], '#1b2330')}
  </svg>`;
}
