import { chanceOf } from './chance.ts';
import type { Range, Setting, Study } from './study-schema.ts';

export type Overrides = Readonly<Record<string, Setting>>;

/** One place in the space of a study. */
export interface Point {
  readonly label: string;
  readonly overrides: Overrides;
  /** Where it was drawn, by dimension; empty for a point of a grid. */
  readonly coordinates: Coordinates;
}

/** From 0 to 1 along each dimension of a space, by its key; `arms` is that of the arms. */
export type Coordinates = Readonly<Record<string, number>>;

/** The dimensions of a space, and the number of values of one that has no order; null for a range. */
export function dimensionsOf({ space, arms }: Study): readonly { readonly key: string; readonly choices: number | null }[] {
  const named = Object.keys(arms).length;
  return [
    ...Object.entries(space).map(([key, values]) => ({ key, choices: 'low' in values ? null : values.length })),
    ...(named > 0 ? [{ key: ARMS, choices: named }] : []),
  ];
}

const ARMS = 'arms';

/** Points that tpe draws at random before it learns from them. */
const TPE_STARTUP = 10;

/** The points that a study begins with: all of a grid, else as many as are drawn, each once; of tpe those before it has learnt anything. */
export function studyPoints(study: Study): readonly Point[] {
  if (study.method === 'grid') return gridPoints(study);
  const points = new Map<string, Point>();
  const draws = study.method === 'tpe' ? Math.min(study.trials, TPE_STARTUP) : study.trials;
  for (let draw = 0; draw < draws; draw++) {
    const point = drawPoint(study, draw);
    points.set(point.label, point);
  }
  return [...points.values()];
}

function gridPoints({ space, arms }: Study): readonly Point[] {
  let combinations: readonly Overrides[] = [{}];
  for (const [key, values] of Object.entries(space)) {
    if (Array.isArray(values)) combinations = combinations.flatMap((before) => values.map((value) => ({ ...before, [key]: value })));
  }
  const named = Object.entries(arms);
  if (named.length === 0) return combinations.map((overrides) => ({ label: labelOf(overrides), overrides, coordinates: {} }));
  return combinations.flatMap((overrides) =>
    named.map(([arm, settings]) => ({ label: joinLabel(arm, overrides), overrides: { ...overrides, ...settings }, coordinates: {} })),
  );
}

/** A function of seed, draw and key alone: a resumed study, or one with more trials, draws the same points again. */
function drawPoint(study: Study, draw: number): Point {
  return pointAt(study, Object.fromEntries(dimensionsOf(study).map(({ key }) => [key, chanceOf(`${study.seed}:${draw}:${key}`)])));
}

/** The point of a space that lies there. */
export function pointAt({ space, arms }: Study, coordinates: Coordinates): Point {
  const overrides = Object.fromEntries(Object.entries(space).map(([key, values]) => [key, valueAt(values, coordinates[key] ?? 0)]));
  const named = Object.entries(arms);
  const chosen = named[Math.floor((coordinates[ARMS] ?? 0) * named.length)];
  if (chosen === undefined) return { label: labelOf(overrides), overrides, coordinates };
  return { label: joinLabel(chosen[0], overrides), overrides: { ...overrides, ...chosen[1] }, coordinates };
}

function valueAt(values: readonly Setting[] | Range, chance: number): Setting {
  if (!('low' in values)) return values[Math.floor(chance * values.length)] ?? null;
  const { low, high, log, whole } = values;
  // A whole number is drawn from one past the end and cut off, so that both ends are as likely as the others.
  const end = whole ? high + 1 : high;
  const drawn = log ? Math.exp(Math.log(low) + chance * (Math.log(end) - Math.log(low))) : low + chance * (end - low);
  return whole ? Math.floor(drawn) : Number(drawn.toPrecision(4));
}

/** `eta=0.1 maxDepth=4`; keys in full where two end alike. */
function labelOf(overrides: Overrides): string {
  const keys = Object.keys(overrides);
  const short = (key: string): string => key.split('.').at(-1) ?? key;
  const isClear = (key: string): boolean => keys.filter((other) => short(other) === short(key)).length === 1;
  return Object.entries(overrides)
    .map(([key, value]) => `${isClear(key) ? short(key) : key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

function joinLabel(arm: string, overrides: Overrides): string {
  const rest = labelOf(overrides);
  return rest === '' ? arm : `${arm}, ${rest}`;
}

/** The budgets of successive halving, the last one whole: from, from·factor, … to. */
export function halvingBudgets({ from, to, factor }: NonNullable<Study['budget']>): readonly number[] {
  const budgets: number[] = [];
  for (let budget = from; budget < to; budget *= factor) budgets.push(Number.isInteger(from) ? Math.round(budget) : budget);
  return [...budgets, to];
}
