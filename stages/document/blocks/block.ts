import type { Cited } from './cite.ts';

/** A name in fixed width: a column, a file, a command. */
export interface Code {
  readonly code: string | Cited;
}

export type Inline = string | Cited | Code;
export type Text = readonly Inline[];

export type Block =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'code'; readonly language: string; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] };

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** One document, written once and rendered as Markdown and as HTML. */
export interface Document {
  readonly title: string;
  /** The finding, as a heading. */
  readonly heading: Text;
  readonly lead: readonly Block[];
  readonly sections: readonly Section[];
}

export const code = (name: string | Cited): Code => ({ code: name });

/** A paragraph: `` text`AUC ${cited}` ``. */
export function text(parts: TemplateStringsArray, ...values: readonly (Inline | Text)[]): Block {
  return { kind: 'text', text: words(parts, ...values) };
}

/** The same, without being a block of its own. */
export function words(parts: TemplateStringsArray, ...values: readonly (Inline | Text)[]): Text {
  return parts.flatMap((part, index) => {
    const value = index === 0 ? [] : values[index - 1];
    return [...(value === undefined ? [] : Array.isArray(value) ? (value as Text) : [value as Inline]), ...(part === '' ? [] : [part])];
  });
}
