import { parse, textMetrics, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { textWidth } from './text-width.ts';
import { theme } from './theme.ts';

declare module 'vega' {
  /** Exported by vega, missing from its types. */
  // oxlint-disable-next-line no-unused-vars -- a declaration for the import above
  const textMetrics: { width: typeof textWidth };
}

textMetrics.width = textWidth;

export interface Figure {
  /** File name without extension; prefixes the ids in the file, so that figures can be put into one page. */
  readonly name: string;
  /** What the figure shows, with its number: read aloud first, and printed above it. */
  readonly title: string;
  /** One sentence that says what can be seen. */
  readonly description: string;
  readonly spec:
    | Omit<Extract<TopLevelSpec, { layer: unknown }>, 'title' | '$schema'>
    | Omit<Extract<TopLevelSpec, { hconcat: unknown }>, 'title' | '$schema'>;
}

/** The figure as one SVG text: no script, no font file, the same bytes for the same values. */
export async function renderSvg({ name, title, description, spec }: Figure): Promise<string> {
  // The spec of a figure is a layer or a concatenation; with its title it is a whole one.
  const whole = { ...spec, title: { text: title, subtitle: description }, config: theme } as TopLevelSpec;
  const view = new View(parse(compile(whole).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${labelled(ownIds(roundCoordinates(svg), name), { name, title, description })}\n`;
}

/** Names the image for screen readers (title, description) and drops vega's roles inside it. */
function labelled(
  svg: string,
  { name, title, description }: { readonly name: string; readonly title: string; readonly description: string },
): string {
  const plain = svg.replaceAll(/ (?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"/g, '');
  const head = `role="img" aria-labelledby="${name}-title ${name}-desc"`;
  const words = `<title id="${name}-title">${escape(title)}</title><desc id="${name}-desc">${escape(description)}</desc>`;
  return plain.replace(/^<svg ([^>]*)>/, (_, attributes: string) => `<svg ${attributes} ${head}>${words}`);
}

/** Vega counts its ids through the life of the process: renumber them from 0, and keep figures in one page apart. */
function ownIds(svg: string, name: string): string {
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? ''))];
  return ids.reduce(
    (text, id, at) => text.replaceAll(`id="${id}"`, `id="${name}-${at}"`).replaceAll(`url(#${id})`, `url(#${name}-${at})`),
    svg,
  );
}

/** Two decimals of a pixel are enough, and hide the last bits in which machines may differ. */
function roundCoordinates(svg: string): string {
  return svg.replaceAll(/ (d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"/g, (_, attribute: string, value: string) => {
    const rounded = value.replaceAll(/-?\d+\.\d+(?:e-?\d+)?/g, (digits) => String(Math.round(Number(digits) * 100) / 100));
    return ` ${attribute}="${rounded}"`;
  });
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
