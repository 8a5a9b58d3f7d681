import { quantileOfSorted } from '../../metrics/quantile.ts';
import { bottomAxis, leftAxis, linearScale, signed } from './scale.ts';
import { at, dots, type Drawing, ink, line, text } from './svg-document.ts';

export interface Dependence {
  readonly label: string;
  readonly contributions: ArrayLike<number>;
  /** NaN where unknown. */
  readonly values: ArrayLike<number>;
}

/** Mean contribution of a tenth of the rows, by the feature's value. */
export interface DependenceBin {
  readonly count: number;
  readonly lo: number;
  readonly hi: number;
  readonly mean: number;
}

const [LEFT, WIDTH, HEIGHT] = [64, 560, 300];

/** Tenths of the rows by value (fewer where values repeat), and the rows of unknown value apart. */
export function dependenceBins({ contributions, values }: Dependence): {
  readonly bins: readonly DependenceBin[];
  readonly unknown: DependenceBin | null;
} {
  const rows = Array.from({ length: values.length }, (_, row) => ({ value: values[row] ?? Number.NaN, phi: contributions[row] ?? 0 }));
  const known = rows.filter(({ value }) => !Number.isNaN(value)).toSorted((a, b) => a.value - b.value || a.phi - b.phi);
  const tenth = (index: number): number => Math.floor((index * 10) / known.length);
  const groups: { readonly first: number; readonly rows: typeof known }[] = [];
  known.forEach((row, index) => {
    const last = groups.at(-1);
    // A new one at the first change of value past the tenth in which the last began: equal values stay together.
    if (last === undefined || (last.rows.at(-1)?.value !== row.value && tenth(index) > tenth(last.first)))
      groups.push({ first: index, rows: [row] });
    else last.rows.push(row);
  });
  const unknown = rows.filter(({ value }) => Number.isNaN(value));
  return { bins: groups.map((group) => bin(group.rows)), unknown: unknown.length === 0 ? null : bin(unknown) };
}

function bin(rows: readonly { readonly value: number; readonly phi: number }[]): DependenceBin {
  return {
    count: rows.length,
    lo: rows[0]?.value ?? Number.NaN,
    hi: rows.at(-1)?.value ?? Number.NaN,
    mean: rows.reduce((sum, { phi }) => sum + phi, 0) / rows.length,
  };
}

/** How a feature's contribution goes with its value; unknown values stand in a column of their own. */
export function dependenceFigure(dependence: Dependence, name: string): Drawing {
  const { label, contributions, values } = dependence;
  const { bins, unknown } = dependenceBins(dependence);
  const known = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .toSorted();
  // The outer hundredths are drawn at the edge: one outlier would flatten the rest.
  const x = linearScale(quantile(known, 0.01), quantile(known, 0.99), [LEFT + 50, WIDTH]);
  const all = Float64Array.from(contributions).toSorted();
  const y = linearScale(Math.min(0, all[0] ?? 0), Math.max(0, all.at(-1) ?? 0), [HEIGHT, 0]);
  const points = Array.from({ length: values.length }, (_, row): [number, number] => {
    const value = values[row] ?? Number.NaN;
    return [Number.isNaN(value) ? LEFT + 20 + (row % 9) : x(Math.max(x.lo, Math.min(x.hi, value))), y(contributions[row] ?? 0)];
  });
  const path = bins.map(
    ({ lo, hi, mean }, index) => `${index === 0 ? 'M' : 'L'}${at(x(Math.max(x.lo, Math.min(x.hi, (lo + hi) / 2))))} ${at(y(mean))}`,
  );
  return {
    name,
    title: label,
    description: describe(bins, unknown),
    width: WIDTH + 20,
    height: HEIGHT + 48,
    body: [
      leftAxis(y, { left: LEFT, right: WIDTH }),
      bottomAxis(x, { top: 0, bottom: HEIGHT, title: `${label}: value` }),
      line([LEFT + 38, 0], [LEFT + 38, HEIGHT], ink.soft),
      text(LEFT + 20, HEIGHT + 16, 'unknown', { anchor: 'middle', size: 12 }),
      dots(points, ink.down, 3),
      `<path d="${path.join('')}" stroke="${ink.up}" stroke-width="2.5" fill="none"/>`,
    ].join(''),
  };
}

function describe(bins: readonly DependenceBin[], unknown: DependenceBin | null): string {
  const [first, last] = [bins[0], bins.at(-1)];
  const ends =
    first === undefined || last === undefined
      ? 'Never known'
      : `Lowest values ${signed(first.mean)} on average, highest ${signed(last.mean)}`;
  return `${ends}${unknown === null ? '' : `; unknown ${signed(unknown.mean)}`} (line: tenths; log-odds).`;
}

const quantile = (sorted: Float64Array, q: number): number => (sorted.length === 0 ? 0 : quantileOfSorted(sorted, q));
