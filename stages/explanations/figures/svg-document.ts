import { escapeHtml } from '../../pages/html.ts';

export interface Drawing {
  /** File name without extension; prefixes the ids in it. */
  readonly name: string;
  /** What is shown, with its number: read aloud first and printed above. */
  readonly title: string;
  /** One sentence that says what can be seen: the text alternative. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** SVG text below the heading; y = 0 is its upper edge. */
  readonly body: string;
}

/** Okabe & Ito 2008, as in the other figures: apart in any colour vision, at least 3:1 on white. */
export const ink = { up: '#D55E00', down: '#0072B2', text: '#1A1A1A', soft: '#6B6B6B', grid: '#E3E3E3' } as const;

const HEAD = 64;
const PAD = 16;

/** One SVG text: a labelled image, no script, no font file, the same bytes for the same values. */
export function svgDocument({ name, title, description, width, height, body }: Drawing): string {
  const [wide, high] = [width + 2 * PAD, height + HEAD + PAD];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img" aria-labelledby="${name}-title ${name}-desc">`,
    `<title id="${name}-title">${escapeHtml(title)}</title><desc id="${name}-desc">${escapeHtml(description)}</desc>`,
    `<rect width="${wide}" height="${high}" fill="#FFFFFF"/><g font-family="Helvetica, Arial, 'Liberation Sans', sans-serif" font-size="13" fill="${ink.text}">`,
    `<text x="${PAD}" y="30" font-size="17" font-weight="600">${escapeHtml(title)}</text>`,
    `<text x="${PAD}" y="50" fill="${ink.soft}">${escapeHtml(description)}</text>`,
    `<g transform="translate(${PAD} ${HEAD})">${body}</g></g></svg>\n`,
  ].join('\n');
}

/** A coordinate: two decimals hide the last bits in which machines may differ. */
export function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly size?: number;
}

export function text(x: number, y: number, content: string, { anchor = 'start', fill = ink.text, size }: TextOptions = {}): string {
  const attributes = `${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${fill === ink.text ? '' : ` fill="${fill}"`}${size === undefined ? '' : ` font-size="${size}"`}`;
  return `<text x="${at(x)}" y="${at(y)}"${attributes}>${escapeHtml(content)}</text>`;
}

export function line(from: readonly [number, number], to: readonly [number, number], stroke: string = ink.grid): string {
  return `<path d="M${at(from[0])} ${at(from[1])}L${at(to[0])} ${at(to[1])}" stroke="${stroke}" fill="none"/>`;
}

/** Cut to what fits beside a bar; the table of the page has it whole. */
export function fitted(label: string, most = 46): string {
  return label.length <= most ? label : `${label.slice(0, most - 1)}…`;
}

/** Dots of one colour as one path: a tenth of the bytes of as many circles. */
export function dots(points: readonly (readonly [number, number])[], colour: string, size = 4): string {
  if (points.length === 0) return '';
  const path = points.map(([x, y]) => `M${at(x)} ${at(y)}h0`).join('');
  return `<path d="${path}" stroke="${colour}" stroke-width="${size}" stroke-linecap="round" fill="none"/>`;
}
