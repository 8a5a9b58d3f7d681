import { escapeHtml, type Html, trusted } from './html.ts';

export interface InlineSvgOptions {
  /** Put before every id of the drawing, so that two drawings on a page do not share one. */
  readonly prefix: string;
  /** Read out in place of the drawing. */
  readonly label: string;
}

/**
 * An SVG file's text for use inside a page: prolog, doctype, comments, scripts and event handlers dropped, ids made unique,
 * labelled as one picture. The files are our own; this is a second lock beside the page's policy.
 */
export function inlineSvg(source: string, { prefix, label }: InlineSvgOptions): Html {
  const start = source.search(/<svg[\s>]/);
  const end = source.lastIndexOf('</svg>');
  if (start < 0 || end < 0) return trusted('');
  const drawing = source
    .slice(start, end + '</svg>'.length)
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/<(script|foreignObject)[\s\S]*?<\/\1>/gi, '')
    .replaceAll(/<(script|foreignObject)[^>]*\/>/gi, '')
    .replaceAll(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*')/gi, '')
    .replaceAll(/\s(?:xlink:)?href\s*=\s*(["'])(?!#)[\s\S]*?\1/gi, '');
  const unique = drawing
    .replaceAll(/\sid="([^"]+)"/g, (_, id: string) => ` id="${prefix}-${id}"`)
    .replaceAll(/url\((["']?)#([^)"']+)\1\)/g, (_, _quote: string, id: string) => `url(#${prefix}-${id})`)
    .replaceAll(/href="#([^"]+)"/g, (_, id: string) => `href="#${prefix}-${id}"`);
  const opening = unique.slice(0, unique.indexOf('>') + 1).replaceAll(/\s(role|aria-[a-z]+)="[^"]*"/g, '');
  return trusted(opening.replace(/^<svg/, `<svg role="img" aria-label="${escapeHtml(label)}"`) + unique.slice(unique.indexOf('>') + 1));
}
