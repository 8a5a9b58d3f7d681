import gammainc from '@stdlib/math-base-special-gammainc';

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

/** P(χ² > x). */
export function chiSquareTail(x: number, degrees: number): number {
  return gammainc(Math.max(x, 0) / 2, degrees / 2, true, true);
}
