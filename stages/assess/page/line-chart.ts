import { html, type Html } from '../../pages/html.ts';
import { significant } from '../../pages/format.ts';

export interface LineChart {
  /** Read out in place of the drawing: what it shows, with its main number. */
  readonly label: string;
  readonly x: { readonly title: string; readonly format: (value: number) => string };
  readonly y: { readonly title: string };
  readonly points: readonly { readonly x: number; readonly y: number; readonly lo?: number; readonly hi?: number }[];
  /** A vertical line, named. */
  readonly mark?: { readonly x: number; readonly label: string };
}

const [WIDTH, HEIGHT] = [560, 240];
const PAD = { left: 64, right: 16, top: 14, bottom: 44 };

/** One line with an optional band, hand-made: no chart library, the same bytes for the same values. Nothing for fewer than two points. */
export function lineChart({ label, x, y, points, mark }: LineChart): Html {
  if (points.length < 2) return html``;
  const xs = points.map((point) => point.x);
  const ys = points.flatMap((point) => [point.y, point.lo ?? point.y, point.hi ?? point.y]);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const atX = (value: number): number => PAD.left + ((value - left) / (right - left || 1)) * (WIDTH - PAD.left - PAD.right);
  const atY = (value: number): number => HEIGHT - PAD.bottom - ((value - low) / (high - low || 1)) * (HEIGHT - PAD.top - PAD.bottom);
  const path = (list: readonly (readonly [number, number])[]): string =>
    list.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${place(atX(px))} ${place(atY(py))}`).join('');
  const band = [
    ...points.map((point) => [point.x, point.hi ?? point.y] as const),
    ...points.toReversed().map((point) => [point.x, point.lo ?? point.y] as const),
  ];
  const ticks = (from: number, to: number): readonly number[] => [0, 0.25, 0.5, 0.75, 1].map((share) => from + share * (to - from));
  const bottom = HEIGHT - PAD.bottom;
  return html`<figure class="figure">
    <svg
      role="img"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      width="${WIDTH}"
      height="${HEIGHT}"
      aria-label="${label}"
      font-size="12"
      fill="#1A1A1A"
    >
      ${ticks(low, high).map((value) => html`<path d="M${PAD.left} ${place(atY(value))}H${WIDTH - PAD.right}" stroke="#E3E3E3" /><text x="${PAD.left - 6}" y="${place(atY(value) + 4)}" text-anchor="end">${significant(round(value))}</text>`)}
      ${ticks(left, right).map((value) => html`<text x="${place(atX(value))}" y="${bottom + 16}" text-anchor="middle">${x.format(value)}</text>`)}
      ${points.some(({ lo }) => lo !== undefined) && html`<path d="${path(band)}z" fill="#0072B2" fill-opacity="0.18" />`}
      <path d="${path(points.map((point) => [point.x, point.y]))}" fill="none" stroke="#0072B2" stroke-width="2.5" />
      ${mark !== undefined && mark.x >= left && mark.x <= right && html`<path d="M${place(atX(mark.x))} ${PAD.top}V${bottom}" stroke="#D55E00" stroke-dasharray="5 4" /><text x="${place(atX(mark.x) + 5)}" y="${PAD.top + 10}">${mark.label}</text>`}
      <text x="${(PAD.left + WIDTH - PAD.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${x.title}</text>
      <text x="14" y="${(PAD.top + bottom) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(PAD.top + bottom) / 2})">${y.title}</text>
    </svg>
  </figure>`;
}

function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Ticks fall where they fall: three significant digits are read. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
