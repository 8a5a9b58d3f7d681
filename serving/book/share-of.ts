import { wilson } from '../../stages/metrics/wilson.ts';
import type { Share } from '../scorer/population-answer.ts';

/** A share with its 95 % interval; of nobody it is not a number, and can be anything. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { value: Number.NaN, low: 0, high: 1, of };
  const value = count / of;
  const { lo, hi } = wilson(value, of);
  return { value, low: lo, high: hi, of };
}
