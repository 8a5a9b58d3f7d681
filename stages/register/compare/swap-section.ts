import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { CompareData } from './compare-data.ts';

type Swap = NonNullable<CompareData['comparison']>['swap'];

const CELLS = [
  ['bothGrant', 'granted by both'],
  ['swappedIn', 'granted by the challenger only (swapped in)'],
  ['swappedOut', 'granted by the champion only (swapped out)'],
  ['bothRefuse', 'refused by both'],
] as const satisfies readonly (readonly [keyof Swap, string])[];

/** Who changes sides when the challenger takes over, and how those people paid. */
export function swapSection({ comparison, challenger, former }: CompareData): Html {
  if (comparison === null) return html`<p>Without both decisions on the same rows there is no swap set.</p>`;
  const { swap, rows } = comparison;
  const moved = swap.swappedIn.rows + swap.swappedOut.rows;
  const change = swap.costChange * 1000;
  return html`<p>
      The challenger refuses from a calibrated probability of ${percent(challenger.decision.threshold, 2)} on, the champion from
      ${orDash(former.decision?.threshold, (value) => percent(value, 2))}. ${whole(moved)} of ${whole(rows)} applicants would be decided the
      other way. Per 1,000 applicants that ${change <= 0 ? 'saves' : 'costs'} ${decimal(Math.abs(change), 1)} at the challenger’s costs.
    </p>
    ${bar(swap, rows)}
    ${dataTable<(typeof CELLS)[number]>({
      caption: 'Who changes sides, and how they paid',
      columns: [
        { title: 'Applicants', cell: ([, words]) => words },
        { title: 'Number', numeric: true, cell: ([cell]) => whole(swap[cell].rows) },
        { title: 'Share', numeric: true, cell: ([cell]) => percent(swap[cell].rows / Math.max(1, rows)) },
        { title: 'Defaulted', numeric: true, cell: ([cell]) => whole(swap[cell].positives) },
        { title: 'Default rate', numeric: true, cell: ([cell]) => orDash(swap[cell].defaultRate, percent) },
      ],
      rows: CELLS,
    })}`;
}

const WIDTH = 720;
const TINTS = { bothGrant: '#dbe7dd', swappedIn: '#2f7d4f', swappedOut: '#a8442e', bothRefuse: '#e6ddd6' } as const;

/** The four groups as one bar; the table below says the same in numbers. */
function bar(swap: Swap, rows: number): Html {
  let x = 0;
  const parts = CELLS.map(([cell, words]) => {
    const width = (swap[cell].rows / Math.max(1, rows)) * WIDTH;
    const part = html`<rect x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="28" fill="${TINTS[cell]}"
      ><title>${words}: ${whole(swap[cell].rows)}</title></rect
    >`;
    x += width;
    return part;
  });
  return html`<svg
    role="img"
    aria-label="Shares of the four groups; the numbers are in the table"
    viewBox="0 0 ${WIDTH} 28"
    width="100%"
    height="28"
    preserveAspectRatio="none"
  >
    ${parts}
  </svg>`;
}
