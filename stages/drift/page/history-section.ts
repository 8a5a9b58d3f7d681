import { dataTable } from '../../pages/data-table.ts';
import { orDash, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { HistoryEntry } from '../history-schema.ts';
import { statusWord } from './drift-lead.ts';
import type { Say } from './language.ts';
import { costOf, costUnit } from './cost-words.ts';
import type { DriftMoney } from '../limits.ts';
import { numbersIn } from './numbers.ts';

/** How many batches are drawn. */
export const BATCHES_DRAWN = 12;

/** The last batches: the ledger of what was expected and, once outcomes are known, of what came true. */
export function historySection(history: readonly HistoryEntry[], money: DriftMoney | undefined, say: Say): Html {
  const { decimal, percent } = numbersIn(say);
  const shown = history.slice(-BATCHES_DRAWN);
  const cost = (value: number): string => costOf(value, money);
  return html`${dataTable<HistoryEntry>({
    caption: say(`The last ${shown.length} batches, the newest last`, `Les ${shown.length} derniers lots, le plus récent en bas`),
    columns: [
      { title: say('Batch', 'Lot'), cell: ({ batch }) => batch },
      { title: say('Signal', 'Signal'), cell: ({ signal }) => statusWord(signal, say) },
      { title: say('Verdict', 'Verdict'), cell: ({ status }) => statusWord(status, say) },
      { title: say('Rows', 'Lignes'), numeric: true, cell: ({ rows }) => whole(rows) },
      { title: say('Drifted', 'Dérivées'), numeric: true, cell: ({ driftShare }) => percent(driftShare) },
      { title: say('Score PSI', 'PSI du score'), numeric: true, cell: ({ scorePsi }) => orDash(scorePsi, (psi) => decimal(psi)) },
      {
        title: say(`Expected cost, ${costUnit(money, say)}`, `Coût attendu, ${costUnit(money, say)}`),
        numeric: true,
        cell: ({ cost: expected }) =>
          html`${orDash(expected?.value, cost)}<small
              >${orDash(expected?.lo, cost)} ${say('to', 'à')} ${orDash(expected?.hi, cost)}</small
            >`,
      },
      {
        title: say('Came true', 'Réalisé'),
        numeric: true,
        cell: ({ realisedCost, drift }) => html`${orDash(realisedCost, cost)}<small>${driftWord(drift, say)}</small>`,
      },
    ],
    rows: shown,
  })}`;
}

function driftWord(drift: HistoryEntry['drift'], say: Say): string {
  if (drift === undefined) return '';
  if (drift === 'none') return say('as expected', 'comme attendu');
  return drift === 'concept' ? say('concept drift', 'dérive du concept') : say('covariate drift', 'dérive des demandeurs');
}
