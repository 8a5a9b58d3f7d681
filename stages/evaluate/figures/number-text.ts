import type { Interval } from '../headline.ts';

/** `0.771 (95% 0.742–0.797)`. */
export function withInterval({ value, lo, hi }: Interval, digits = 3): string {
  return `${value.toFixed(digits)} (95% ${lo.toFixed(digits)}–${hi.toFixed(digits)})`;
}

/** `12.3%`. */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}%`;
}
