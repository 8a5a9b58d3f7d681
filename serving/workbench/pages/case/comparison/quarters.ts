import type { PairAnswer } from './comparison-answers.ts';

interface Quarter {
  readonly from: number;
  readonly to: number;
  readonly clients: number;
  /** Median of y. */
  readonly middle: number;
  /** Share. */
  readonly defaulted: number;
}

/** A cloud of points as a table of four rows: clients in order of x, cut into quarters of like size. */
export function quartersOf(points: PairAnswer['points']): readonly Quarter[] {
  const sorted = points.toSorted((left, right) => left.x - right.x || left.y - right.y);
  return [0, 1, 2, 3].flatMap((quarter) => {
    const part = sorted.slice(Math.round((sorted.length * quarter) / 4), Math.round((sorted.length * (quarter + 1)) / 4));
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined) return [];
    const ys = part.map(({ y }) => y).toSorted((left, right) => left - right);
    const bad = part.filter(({ outcome }) => outcome === 'defaulted').length;
    return [{ from: first.x, to: last.x, clients: part.length, middle: medianOf(ys), defaulted: bad / part.length }];
  });
}

/** @param sorted ascending, not empty */
function medianOf(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
