import { chiSquareTail } from '../../../metrics/chi-square-tail.ts';

/** x with P(χ² > x) = tail, by bisection to the last double. @param degrees at least 1 @param tail in (0, 1) */
export function chiSquareQuantile(degrees: number, tail: number): number {
  let [low, high] = [0, degrees + 10];
  while (chiSquareTail(high, degrees) > tail) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (chiSquareTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
}
