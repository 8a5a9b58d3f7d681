import { bottomAxis, linearScale, type Scale } from './scale.ts';
import { dots, type Drawing, fitted, ink, line, text } from './svg-document.ts';

export interface Swarm {
  readonly label: string;
  /** Contributions, one a row. */
  readonly contributions: ArrayLike<number>;
  /** The feature's value in each row; NaN where unknown. */
  readonly values: ArrayLike<number>;
}

const LABELS = 330;
const WIDTH = 760;
const STEP = 38;
/** Low to high, then unknown. */
const COLOURS = ['#0072B2', '#5B8FC0', '#B9B9B9', '#E39A63', '#D55E00', '#1A1A1A'] as const;
const UNKNOWN = COLOURS.length - 1;

/** Every row's contribution to the score, feature by feature, coloured by how large the feature's own value is. */
export function beeswarmFigure(
  swarms: readonly Swarm[],
  { name, title, description }: Pick<Drawing, 'name' | 'title' | 'description'>,
): Drawing {
  let [lo, hi] = [0, 0];
  for (const { contributions } of swarms)
    for (let row = 0; row < contributions.length; row++) {
      lo = Math.min(lo, contributions[row] ?? 0);
      hi = Math.max(hi, contributions[row] ?? 0);
    }
  const scale = linearScale(lo * 1.05, hi * 1.05, [LABELS, WIDTH]);
  const bottom = swarms.length * STEP + 4;
  const rows = swarms.map((swarm, index) => swarmRow(swarm, scale, index * STEP + STEP / 2));
  return {
    name,
    title,
    description,
    width: WIDTH,
    height: bottom + 70,
    body: `${bottomAxis(scale, { top: 0, bottom, title: 'Contribution to the log-odds of default' })}${rows.join('')}${key(bottom + 58)}`,
  };
}

function swarmRow({ label, contributions, values }: Swarm, scale: Scale, middle: number): string {
  const classes = classOf(values);
  const heights = new Map<number, number>();
  const byColour: [number, number][][] = COLOURS.map(() => []);
  for (let row = 0; row < contributions.length; row++) {
    const x = Math.round(scale(contributions[row] ?? 0) * 2) / 2;
    const bin = Math.round(x / 4);
    const count = heights.get(bin) ?? 0;
    heights.set(bin, count + 1);
    // Dots of one place go up and down in turn, and come back to the middle where the row is full.
    const place = Math.ceil(count / 2) % 8;
    byColour[classes[row] ?? UNKNOWN]?.push([x, middle + (count % 2 === 0 ? place : -place) * 1.9]);
  }
  return `${text(LABELS - 12, middle + 4, fitted(label), { anchor: 'end' })}${line([LABELS, middle], [WIDTH, middle])}${byColour.map((points, colour) => dots(points, COLOURS[colour] ?? ink.text, 3.2)).join('')}`;
}

/** Fifth of each value among the known ones, 0 to 4; 5 for an unknown one. Equal values are in one class. */
function classOf(values: ArrayLike<number>): readonly number[] {
  const known = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .toSorted();
  const rank = (value: number): number => {
    let [low, high] = [0, known.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if ((known[half] ?? 0) < value) low = half + 1;
      else high = half;
    }
    const first = low;
    let last = first;
    while (last + 1 < known.length && known[last + 1] === value) last++;
    return (first + last) / 2;
  };
  const cache = new Map<number, number>();
  return Array.from({ length: values.length }, (_, row) => {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) return UNKNOWN;
    const found = cache.get(value) ?? Math.min(4, Math.floor((rank(value) / Math.max(1, known.length)) * 5));
    cache.set(value, found);
    return found;
  });
}

function key(y: number): string {
  const words = ['lowest fifth of the values', '', 'middle', '', 'highest fifth', 'not known'];
  const places = [0, 12, 190, 202, 262, 372];
  return COLOURS.map((colour, index) => {
    const x = LABELS - 120 + (places[index] ?? 0);
    const word = words[index] ?? '';
    return (
      dots([[x, y - 4]], colour, 9) +
      (word === '' ? '' : text(x + 10 + (index === 0 || index === 2 ? 12 : 0), y, word, { size: 12, fill: ink.soft }))
    );
  }).join('');
}
