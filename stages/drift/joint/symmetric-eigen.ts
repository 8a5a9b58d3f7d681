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
  const v = Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
  const total = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, size) > DIAGONAL * total; sweep++)
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate({ a, v, size }, p, q);
  const order = Array.from({ length: size }, (_, at) => at).toSorted((x, y) => at2(a, size, y, y) - at2(a, size, x, x) || x - y);
  return {
    values: Float64Array.from(order, (at) => at2(a, size, at, at)),
    vectors: order.map((column) => Float64Array.from({ length: size }, (_, row) => at2(v, size, row, column))),
  };
}

interface Work {
  /** Becomes diagonal. */
  readonly a: Float64Array;
  /** Gathers the rotations. */
  readonly v: Float64Array;
  readonly size: number;
}

/** The rotation in the plane of p and q that makes a[p, q] nought. */
function rotate({ a, v, size }: Work, p: number, q: number): void {
  const off = at2(a, size, p, q);
  if (off === 0) return;
  const tau = (at2(a, size, q, q) - at2(a, size, p, p)) / (2 * off);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < size; k++) mix(a, k * size + p, k * size + q, { c, s });
  for (let k = 0; k < size; k++) mix(a, p * size + k, q * size + k, { c, s });
  for (let k = 0; k < size; k++) mix(v, k * size + p, k * size + q, { c, s });
}

function mix(array: Float64Array, left: number, right: number, { c, s }: { readonly c: number; readonly s: number }): void {
  const [x, y] = [array[left] ?? 0, array[right] ?? 0];
  array[left] = c * x - s * y;
  array[right] = s * x + c * y;
}

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) if (i !== j) sum += at2(a, size, i, j) ** 2;
  return sum;
}

function at2(a: Float64Array, size: number, row: number, column: number): number {
  return a[row * size + column] ?? 0;
}
