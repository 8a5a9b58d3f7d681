import { assertNever } from '../../../pipeline/index.ts';
import { dataTable } from '../../pages/data-table.ts';
import { html, type Html } from '../../pages/html.ts';
import { pageDocument, type PageSection } from '../../pages/page-document.ts';
import type { Block, Document, Inline, Text } from './block.ts';
import { Cited } from './cite.ts';

export interface HtmlOptions {
  readonly kicker: string;
  /** Drawings and such that Markdown has no place for, after the sections. */
  readonly more?: readonly PageSection[];
}

/** The document as one page; every quoted value is a `data` element that says which artifact it is from and where it stands there. */
export function toHtml({ title, heading, lead, sections }: Document, { kicker, more = [] }: HtmlOptions): string {
  return pageDocument({
    title,
    kicker,
    heading: heading.map(plain).join(''),
    lead: html`${lead.map(block)}`,
    sections: [...sections.map(({ id, title: name, blocks }) => ({ id, title: name, body: html`${blocks.map(block)}` })), ...more],
    footer: html`<p>
      Every number above is a <code>data</code> element: its <code>data-source</code> names the artifact and the place in it. The digests of
      the artifacts stand in the last table. No date and no run number: equal work gives equal bytes.
    </p>`,
  });
}

function block(given: Block): Html {
  switch (given.kind) {
    case 'text':
      return html`<p>${line(given.text)}</p>`;
    case 'heading':
      return html`<h3>${given.text}</h3>`;
    case 'list':
      return html`<ul>
        ${given.items.map((item) => html`<li>${line(item)}</li>`)}
      </ul>`;
    case 'code':
      return html`<div class="scroll"><code style="white-space:pre;display:block">${given.lines.join('\n')}</code></div>`;
    case 'table':
      return dataTable<readonly Text[]>({
        caption: given.caption,
        columns: given.head.map((title, index) => ({
          title,
          numeric: index > 0 && isNumeric(given.rows, index),
          cell: (row) => line(row[index] ?? []),
        })),
        rows: given.rows,
      });
    default:
      return assertNever(given);
  }
}

/** A column of quoted numbers stands at the right. */
function isNumeric(rows: readonly (readonly Text[])[], index: number): boolean {
  return (
    rows.length > 0 && rows.every((row) => (row[index] ?? []).every((cell) => cell instanceof Cited && typeof cell.value !== 'string'))
  );
}

const line = (text: Text): Html => html`${text.map(inline)}`;

function inline(given: Inline): Html {
  if (typeof given === 'string') return html`${given}`;
  if (given instanceof Cited) return html`<data value="${String(given.value)}" data-source="${given.source}">${given.text}</data>`;
  return html`<code>${inline(given.code)}</code>`;
}

const plain = (given: Inline): string => (typeof given === 'string' ? given : given instanceof Cited ? given.text : plain(given.code));
