import { html, type Html, type HtmlValue } from './html.ts';

export interface TableColumn<TRow> {
  readonly title: string;
  /** Right-aligned. */
  readonly numeric?: boolean;
  readonly cell: (row: TRow) => HtmlValue;
}

export interface TableOptions<TRow> {
  readonly caption: string;
  /** The first is the row's heading. */
  readonly columns: readonly TableColumn<TRow>[];
  readonly rows: readonly TRow[];
}

/** A table of at most so many columns is kept as narrow as the text around it. */
const SLIM_COLUMNS = 4;

/**
 * A captioned table. On a narrow screen each row becomes a block with its headings beside the values; the roles keep it a
 * table for a screen reader then.
 */
export function dataTable<TRow>({ caption, columns, rows }: TableOptions<TRow>): Html {
  const head = columns.map(
    ({ title, numeric }) => html`<th scope="col" role="columnheader" ${numeric === true ? html` class="n"` : null}>${title}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr role="row">
        ${columns.map((column, index) => cell(column, row, index))}
      </tr> `,
  );
  return html`<div class="scroll stack${columns.length <= SLIM_COLUMNS && ' slim'}">
    <table role="table">
      <caption>
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${head}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${body}
      </tbody>
    </table>
  </div>`;
}

function cell<TRow>({ title, numeric, cell: render }: TableColumn<TRow>, row: TRow, index: number): Html {
  if (index === 0) return html`<th scope="row" role="rowheader">${render(row)}</th>`;
  return html`<td role="cell" data-label="${title}" ${numeric === true ? html` class="n"` : null}><span>${render(row)}</span></td>`;
}
