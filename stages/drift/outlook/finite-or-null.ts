import type { Figure } from '../estimate/estimate-performance.ts';
import type { FigureResult } from './outlook-schema.ts';

/** JSON has no NaN and no infinity. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The same of a figure with its band. */
export function finiteFigure({ value, lo, hi }: Figure): FigureResult {
  return { value: finiteOrNull(value), lo: finiteOrNull(lo), hi: finiteOrNull(hi) };
}
