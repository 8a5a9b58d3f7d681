import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, whole } from '../../pages/format.ts';
import { html, type Html, trusted } from '../../pages/html.ts';
import type { HistoryEntry } from '../history-schema.ts';
import { statusWord } from './drift-lead.ts';
import type { Say } from './language.ts';

/** How many batches are drawn. */
const SHOWN = 12;
const [WIDTH, HEIGHT, PAD] = [160, 36, 4];

/** The last batches: three lines to see at a glance, and the table that says the same. */
export function historySection(history: readonly HistoryEntry[], say: Say): Html {
  const shown = history.slice(-SHOWN);
  const line = (title: string, values: readonly (number | null)[], format: (value: number) => string): Html =>
    html`<figure>
      ${sparkline(title, values, format)}
      <figcaption>${title}</figcaption>
    </figure>`;
  return html`<div class="figures" style="grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));max-width:46rem">
      ${line(
        say('Score PSI', 'PSI du score'),
        shown.map(({ scorePsi }) => scorePsi),
        (value) => decimal(value),
      )}
      ${line(
        say('Share of drifted columns', 'Part de colonnes dérivées'),
        shown.map(({ driftShare }) => driftShare),
        (value) => percent(value),
      )}
      ${line(
        say('Largest shift of missing values', 'Plus grand écart de valeurs manquantes'),
        shown.map(({ missingShift }) => missingShift),
        (value) => percent(value),
      )}
    </div>
    ${dataTable<HistoryEntry>({
      caption: say(`The last ${shown.length} batches, the newest last`, `Les ${shown.length} derniers lots, le plus récent en bas`),
      columns: [
        { title: say('Batch', 'Lot'), cell: ({ batch }) => batch },
        { title: say('Signal', 'Signal'), cell: ({ signal }) => statusWord(signal, say) },
        { title: say('Verdict', 'Verdict'), cell: ({ status }) => statusWord(status, say) },
        { title: say('Rows', 'Lignes'), numeric: true, cell: ({ rows }) => whole(rows) },
        { title: say('Drifted', 'Dérivées'), numeric: true, cell: ({ driftShare }) => percent(driftShare) },
        { title: say('Score PSI', 'PSI du score'), numeric: true, cell: ({ scorePsi }) => orDash(scorePsi, (psi) => decimal(psi)) },
      ],
      rows: shown,
    })}`;
}

/** A line from zero; a batch without the number leaves a gap. The last one is a dot. */
function sparkline(title: string, values: readonly (number | null)[], format: (value: number) => string): Html {
  const top = Math.max(...values.map((value) => value ?? 0), 1e-9);
  const at = (index: number): number => PAD + (values.length < 2 ? WIDTH - 2 * PAD : (index * (WIDTH - 2 * PAD)) / (values.length - 1));
  const y = (value: number): number => HEIGHT - PAD - (value / top) * (HEIGHT - 2 * PAD);
  const path = values
    .map((value, index) => {
      if (value === null) return '';
      const previous = index === 0 ? null : values[index - 1];
      return `${previous === null || previous === undefined ? 'M' : 'L'}${at(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
  const last = values.at(-1) ?? null;
  const label = `${title}: ${values.map((value) => orDash(value, format)).join(', ')}`;
  return html`<svg role="img" aria-label="${label}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <path d="${trusted(path)}" fill="none" stroke="#1d5f8a" stroke-width="2" />
    ${last !== null && html`<circle cx="${at(values.length - 1).toFixed(1)}" cy="${y(last).toFixed(1)}" r="3.5" fill="#1d5f8a" />`}
  </svg>`;
}
