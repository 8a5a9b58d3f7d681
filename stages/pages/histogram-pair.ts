import { percent, points } from './format.ts';
import { html, type Html, trusted } from './html.ts';

export interface HistogramPair {
  readonly labels: readonly string[];
  /** Shares of all rows; the last bar is the missing ones. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** The words of a drawing, in the page's language. */
export interface HistogramWords {
  readonly wide: string;
  readonly narrow: string;
  readonly missing: string;
  readonly last: string;
  readonly before: string;
  readonly after: string;
  /** A number as the language writes it. @default as it is */
  readonly number?: (text: string) => string;
  readonly change: (label: string, from: string, to: string, shift: string) => string;
}

const ENGLISH: HistogramWords = {
  wide: 'wide, pale',
  narrow: 'narrow, dark',
  missing: 'missing in',
  last: 'always the last bar',
  before: 'then',
  after: 'now',
  change: (label, from, to, shift) => `largest change at “${label}”, from ${from} to ${to} of rows (${shift} points)`,
};

const [WIDTH, HEIGHT, GAP] = [208, 44, 10];
const WIDEST_BAR = 32;

/** Two histograms on one axis: the reference as wide pale bars, the current part as narrow dark ones inside, missing values apart on the right. */
export function histogramPair(name: string, { labels, reference, current }: HistogramPair, words = ENGLISH): Html {
  const bars = labels.length;
  const step = Math.min(WIDEST_BAR, (WIDTH - GAP) / bars);
  const top = Math.max(...reference, ...current, 1e-9);
  const left = (index: number): number => (index === bars - 1 ? WIDTH - step : index * step);
  const bar = (index: number, share: number, wide: boolean): string => {
    const height = (share / top) * HEIGHT;
    if (height < 0.05) return '';
    const width = step * (wide ? 0.86 : 0.4);
    return `M${place(left(index) + (step - width) / 2)} ${HEIGHT}h${place(width)}v${place(-height)}h${place(-width)}z`;
  };
  const path = (shares: readonly number[], wide: boolean, from: number, to: number): string =>
    shares.map((share, index) => (index >= from && index < to ? bar(index, share, wide) : '')).join('');
  const number = words.number ?? String;
  const title = (index: number): string =>
    `${labels[index] ?? ''}: ${number(percent(reference[index] ?? 0))} ${words.before}, ${number(percent(current[index] ?? 0))} ${words.after}`;
  const hover = labels.map(
    (_, index) =>
      html`<rect class="h" x="${place(left(index))}" y="0" width="${place(step)}" height="${HEIGHT}"><title>${title(index)}</title></rect>`,
  );
  return html`<svg
    class="hist"
    role="img"
    width="${WIDTH}"
    height="${HEIGHT + 2}"
    viewBox="0 0 ${WIDTH} ${HEIGHT + 2}"
    aria-label="${describe(name, { labels, reference, current }, words)}"
  >
    <path class="r" d="${trusted(path(reference, true, 0, bars))}" />
    <path class="c" d="${trusted(path(current, false, 0, bars - 1))}" />
    <path class="m" d="${trusted(path(current, false, bars - 1, bars))}" />
    <path class="b" d="M0 ${HEIGHT + 0.5}H${place((bars - 1) * step)}M${place(WIDTH - step)} ${HEIGHT + 0.5}H${WIDTH}" />
    ${hover}
  </svg>`;
}

/** The keys of the two bars, for above a table of histograms. */
export function histogramKey(reference: string, current: string, words = ENGLISH): Html {
  const swatch = (kind: string, width: number): Html =>
    html`<svg width="14" height="12" aria-hidden="true" class="hist" style="display:inline">
      <rect class="${kind}" x="${(14 - width) / 2}" width="${width}" height="12" />
    </svg>`;
  return html`<p class="key">
    <span>${swatch('r', 14)}${reference} (${words.wide})</span><span>${swatch('c', 6)}${current} (${words.narrow})</span
    ><span>${swatch('m', 6)}${words.missing} ${current}, ${words.last}</span>
  </p>`;
}

function describe(name: string, { labels, reference, current }: HistogramPair, words: HistogramWords): string {
  const number = words.number ?? String;
  let at = 0;
  const shift = (index: number): number => (current[index] ?? 0) - (reference[index] ?? 0);
  labels.forEach((_, index) => (at = Math.abs(shift(index)) > Math.abs(shift(at)) ? index : at));
  return `${name}: ${words.change(labels[at] ?? '', number(percent(reference[at] ?? 0)), number(percent(current[at] ?? 0)), number(points(shift(at))))}`;
}

function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}
