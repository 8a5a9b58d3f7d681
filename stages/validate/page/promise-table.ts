import { dataTable } from '../../pages/data-table.ts';
import { html, type Html } from '../../pages/html.ts';
import type { Contract, ContractColumn } from '../contract/contract-schema.ts';
import { percent } from '../rule.ts';

type Entry = readonly [string, ContractColumn];

/** What the contract says of each column of a table, folded away. */
export function promiseTable(name: string, { about, columns, key, freshness }: Contract['tables'][string]): Html {
  return html`<details>
    <summary>${name}: ${Object.keys(columns).length} columns</summary>
    <p>
      ${about ?? null} ${key.length > 0 && `One row for each ${key.join(', ')}.`}
      ${freshness !== undefined && `The newest ${freshness.column} is at least ${freshness.atLeast}.`}
    </p>
    ${dataTable<Entry>({
      caption: `Columns of ${name}`,
      columns: [
        { title: 'Column', cell: ([column]) => html`<code>${column}</code>` },
        { title: 'Type', cell: ([, { type }]) => type },
        { title: 'Nulls', cell: ([, { nulls }]) => (nulls === 'any' ? 'any' : nulls === 0 ? 'none' : `up to ${percent(nulls)}`) },
        { title: 'Values', cell: ([, column]) => values(column) },
      ],
      rows: Object.entries(columns),
    })}
  </details>`;
}

function values({ min, max, sentinel, levels }: ContractColumn): string {
  if (levels !== undefined) return levels.join(' · ');
  if (min === undefined && max === undefined) return '';
  return `${min ?? '−∞'} to ${max ?? '∞'}${sentinel === undefined ? '' : `, or ${sentinel} for not known`}`;
}
