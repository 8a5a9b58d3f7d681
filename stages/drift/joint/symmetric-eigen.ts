export interface Eigen {
  /** Descending. */
  readonly values: Float64Array;
  /** One of length 1 a value, in the same order. */
  readonly vectors: readonly Float64Array[];
}

const SWEEPS = 60;
/** Off-diagonal sum of squares, relative to all, at which a matrix counts as diagonal. */
const DIAGONAL = 1e-22;

/**
 * Eigenvalues and vectors of a real symmetric matrix, row-major size × size, by cyclic Jacobi rotations (Golub & Van Loan, 8.5): slow
 * for many hundreds of columns, exact to rounding for a hundred.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const axes = Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
  const total = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, size) > DIAGONAL * total; sweep++)
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate({ a, axes, size }, p, q);
  const values = Float64Array.from({ length: size }, (_, at) => a[at * (size + 1)] ?? 0);
  const order = Array.from({ length: size }, (_, at) => at).toSorted((x, y) => (values[y] ?? 0) - (values[x] ?? 0) || x - y);
  return {
    values: Float64Array.from(order, (at) => values[at] ?? 0),
    vectors: order.map((at) => axes.slice(at * size, (at + 1) * size)),
  };
}

interface Work {
  /** Symmetric; becomes diagonal. */
  readonly a: Float64Array;
  /** Gathers the rotations: a vector a row. */
  readonly axes: Float64Array;
  readonly size: number;
}

/** The rotation in the plane of p and q that makes a[p, q] nought. */
function rotate({ a, axes, size }: Work, p: number, q: number): void {
  const [left, right] = [p * size, q * size];
  const off = a[left + q] ?? 0;
  if (off === 0) return;
  const [first, last] = [a[left + p] ?? 0, a[right + q] ?? 0];
  const tau = (last - first) / (2 * off);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  mix(a, [left, right], { c, s, size });
  // What is in the plane itself turns on both sides; the columns are as the rows.
  a[left + p] = first - t * off;
  a[right + q] = last + t * off;
  a[left + q] = a[right + p] = 0;
  for (let k = 0; k < size; k++) {
    a[k * size + p] = a[left + k] ?? 0;
    a[k * size + q] = a[right + k] ?? 0;
  }
  mix(axes, [left, right], { c, s, size });
}

/** Turns two rows. */
function mix(
  array: Float64Array,
  [left, right]: readonly [number, number],
  { c, s, size }: { readonly c: number; readonly s: number; readonly size: number },
): void {
  for (let k = 0; k < size; k++) {
    const [x, y] = [array[left + k] ?? 0, array[right + k] ?? 0];
    array[left + k] = c * x - s * y;
    array[right + k] = s * x + c * y;
  }
}

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) if (i !== j) sum += (a[i * size + j] ?? 0) ** 2;
  return sum;
}
