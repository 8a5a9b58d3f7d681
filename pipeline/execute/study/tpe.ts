import { chanceOf } from './chance.ts';
import { type Coordinates, dimensionsOf, type Point, pointAt } from './study-points.ts';
import type { Study } from './study-schema.ts';

/** A point that has run. */
export interface Tried {
  readonly coordinates: Coordinates;
  /** Less is better. */
  readonly loss: number;
}

/** Bergstra et al. take 0.15 to 0.25. */
const GOOD_SHARE = 0.2;
/** Draws from the good points' density, of which the best is taken. */
const CANDIDATES = 24;
/** Cells that [0, 1] is cut into: densities are sums to one over them, so that no tail lies outside. */
const CELLS = 200;

/**
 * The next point by a tree-structured Parzen estimator (Bergstra et al. 2011): of what was tried, the best fifth make one density a key and
 * the others another, each with the uniform one mixed in; of 24 draws from the first the one is taken where the first exceeds the second most. Keys are
 * looked at one by one. A function of the study, the number of the draw and what was tried.
 */
export function proposePoint(study: Study, draw: number, tried: readonly Tried[]): Point {
  const known = tried.filter(({ loss }) => Number.isFinite(loss)).toSorted((a, b) => a.loss - b.loss);
  const good = Math.ceil(known.length * GOOD_SHARE);
  const coordinates = dimensionsOf(study).map(({ key, choices }): [string, number] => {
    const at = ({ coordinates: own }: Tried): number => own[key] ?? 0.5;
    const estimate = choices === null ? density : (places: readonly number[]) => shares(places, choices);
    const [better, worse] = [estimate(known.slice(0, good).map(at)), estimate(known.slice(good).map(at))];
    const draws = Array.from({ length: CANDIDATES }, (_, candidate) =>
      drawCell(better, chanceOf(`${study.seed}:tpe:${draw}:${key}:${candidate}`)),
    );
    const ratio = (cell: number): number => (better[cell] ?? 0) / (worse[cell] ?? 1);
    const best = draws.reduce((found, cell) => (ratio(cell) > ratio(found) ? cell : found));
    return [key, (best + 0.5) / better.length];
  });
  return pointAt(study, Object.fromEntries(coordinates));
}

/** Normal kernels, each as wide as the gap to its farther neighbour, and the uniform density as one more of them. */
function density(places: readonly number[]): readonly number[] {
  const sorted = places.toSorted((a, b) => a - b);
  const cells = Array.from({ length: CELLS }, () => 1 / CELLS);
  const least = 1 / Math.min(100, places.length + 1);
  for (const [index, place] of sorted.entries()) {
    const gap = Math.max(place - (sorted[index - 1] ?? 0), (sorted[index + 1] ?? 1) - place);
    const width = Math.min(1, Math.max(least, gap));
    const kernel = cells.map((_, cell) => Math.exp(-(((cell + 0.5) / CELLS - place) ** 2) / (2 * width ** 2)));
    const whole = kernel.reduce((sum, value) => sum + value, 0);
    kernel.forEach((value, cell) => (cells[cell] = (cells[cell] ?? 0) + value / whole));
  }
  return cells.map((value) => value / (places.length + 1));
}

/** Of a key without an order: how often each value was there, and once more. */
function shares(places: readonly number[], choices: number): readonly number[] {
  const counts = Array.from({ length: choices }, () => 1);
  for (const place of places) {
    const choice = Math.min(choices - 1, Math.floor(place * choices));
    counts[choice] = (counts[choice] ?? 0) + 1;
  }
  return counts.map((count) => count / (places.length + choices));
}

function drawCell(cells: readonly number[], chance: number): number {
  let sum = 0;
  const found = cells.findIndex((share) => (sum += share) > chance);
  return found < 0 ? cells.length - 1 : found;
}
