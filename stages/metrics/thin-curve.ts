import type { Curve } from './roc.ts';

/** At most `points` points of a curve, spread evenly along it by index, its ends kept: for files and figures, never for areas. */
export function thinCurve({ x, y }: Curve, points: number): Curve {
  if (x.length <= points) return { x, y };
  const kept = Array.from({ length: points }, (_, at) => Math.round((at * (x.length - 1)) / (points - 1)));
  return { x: kept.map((at) => x[at] ?? Number.NaN), y: kept.map((at) => y[at] ?? Number.NaN) };
}
