import { Z95 } from '../../metrics/normal.ts';
import type { FigureResult } from '../outlook/outlook-schema.ts';

/**
 * How far what came lies from what was expected, in standard errors of the expectation, which counts the drawing of outcomes; 0 where nothing was expected. The
 * half of the band on that side is taken: few defaults spread further upwards than downwards.
 */
export function distanceFrom({ value, lo, hi }: FigureResult, came: number): number {
  if (value === null || lo === null || hi === null) return 0;
  const half = came > value ? hi - value : value - lo;
  return half > 0 ? (came - value) / (half / Z95) : 0;
}
