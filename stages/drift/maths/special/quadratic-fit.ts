/** Least-squares coefficients (c0, c1, c2) of y ≈ c0 + c1 x + c2 x², by orthogonal polynomials on the given points. */
export function quadraticFit(x: readonly number[], y: readonly number[]): [number, number, number] {
  const mean = average(x);
  const centred = x.map((value) => value - mean);
  const squares = centred.map((value) => value * value);
  const skew = dot(squares, centred) / dot(centred, centred);
  const level = average(squares);
  const curve = centred.map((value) => value * value - skew * value - level);
  const slope = dot(centred, y) / dot(centred, centred);
  const bend = dot(curve, y) / dot(curve, curve);
  // y ≈ ȳ + slope·u + bend·(u² − skew·u − level), u = x − mean.
  const linear = slope - bend * skew;
  const constant = average(y) - bend * level;
  return [constant - linear * mean + bend * mean * mean, linear - 2 * bend * mean, bend];
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
