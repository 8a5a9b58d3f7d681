/** Columns of equal length; an intercept is added. */
export interface LogisticProblem {
  readonly columns: readonly ArrayLike<number>[];
  /** In [0, 1]. */
  readonly target: ArrayLike<number>;
  /** 1 where absent. */
  readonly weight?: ArrayLike<number>;
  /** Coefficients to begin at; 0 where absent. */
  readonly start?: readonly number[];
}

export interface LogisticFit {
  /** One a column, then the intercept. */
  readonly coefficients: readonly number[];
  /** Summed negative log-likelihood, nats. */
  readonly loss: number;
}

const MAX_STEPS = 100;
/** Newton's decrement, as a share of the loss, at which one more full step is the last: convergence is quadratic. */
const TOLERANCE = 1e-10;

/**
 * Logistic regression by Newton's method with step halving, to convergence. No penalty but 1e-12 on the diagonal, for constant columns.
 * A row costs one exponential a step: loss and derivatives are made of the same one.
 */
export function fitLogistic(problem: LogisticProblem): LogisticFit {
  const design = layOut(problem);
  let state = stateAt(design, Float64Array.from(problem.start ?? new Float64Array(design.columns.length)));
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = derivatives(design);
    const direction = solve(hessian, gradient);
    const decrement = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
    const next = descend(design, state, direction);
    if (next === undefined) break;
    state = next;
    if (decrement < TOLERANCE * (1 + state.loss)) break;
  }
  return { coefficients: [...state.coefficients], loss: state.loss };
}

interface Design {
  /** The last one of ones. */
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly weight: Float64Array;
  /** Of the loss of each row, where it was looked at last. */
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
}

interface State {
  readonly coefficients: Float64Array<ArrayBuffer>;
  readonly loss: number;
}

/** Rows that weigh nothing are left out. */
function layOut({ columns, target, weight }: LogisticProblem): Design {
  const kept = weight === undefined ? null : rowsThatWeigh(weight);
  const own = (values: ArrayLike<number>): Float64Array => (kept === null ? Float64Array.from(values) : pick(values, kept));
  const rows = kept?.length ?? target.length;
  const ones = new Float64Array(rows).fill(1);
  return {
    columns: [...columns.map(own), ones],
    target: own(target),
    weight: weight === undefined ? ones : own(weight),
    slope: new Float64Array(rows),
    curvature: new Float64Array(rows),
  };
}

function rowsThatWeigh(weight: ArrayLike<number>): Uint32Array {
  const rows = new Uint32Array(weight.length);
  let count = 0;
  for (let row = 0; row < weight.length; row++) if (weight[row] !== 0) rows[count++] = row;
  return rows.subarray(0, count);
}

function pick(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) picked[at] = values[rows[at] ?? 0] ?? Number.NaN;
  return picked;
}

/** The longest of the steps 1, ½, ¼, … that lowers the loss; undefined where none does. */
function descend(design: Design, from: State, direction: readonly number[]): State | undefined {
  for (let length = 1; length > 1e-6; length /= 2) {
    const coefficients = from.coefficients.map((value, index) => value - length * (direction[index] ?? 0));
    const next = stateAt(design, coefficients);
    if (next.loss < from.loss) return next;
  }
  return undefined;
}

/** The loss at these coefficients; its derivatives by row are left in the design. */
function stateAt(design: Design, coefficients: Float64Array<ArrayBuffer>): State {
  const { target, weight, slope, curvature } = design;
  const margin = marginsAt(design, coefficients);
  let loss = 0;
  for (let row = 0; row < target.length; row++) {
    const m = margin[row] ?? 0;
    const y = target[row] ?? 0;
    const w = weight[row] ?? 0;
    const e = Math.exp(-Math.abs(m));
    const p = m >= 0 ? 1 / (1 + e) : e / (1 + e);
    loss += w * (Math.max(m, 0) + Math.log1p(e) - y * m);
    slope[row] = w * (p - y);
    curvature[row] = w * p * (1 - p);
  }
  return { coefficients, loss };
}

/** One a row, in the memory of the slopes that come of it. */
function marginsAt({ columns, slope: margin }: Design, coefficients: Float64Array): Float64Array {
  margin.fill(0);
  columns.forEach((values, column) => {
    const own = coefficients[column] ?? 0;
    for (let row = 0; row < values.length; row++) margin[row] = (margin[row] ?? 0) + own * (values[row] ?? 0);
  });
  return margin;
}

function derivatives({ columns, slope, curvature }: Design): { gradient: Float64Array; hessian: number[][] } {
  const gradient = Float64Array.from(columns, (values) => sumOfProducts(slope, values));
  const hessian = columns.map((left, i) => {
    const curved = curvature.map((own, row) => own * (left[row] ?? 0));
    return columns.map((right, j) => sumOfProducts(curved, right) + (i === j ? 1e-12 : 0));
  });
  return { gradient, hessian };
}

function sumOfProducts(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < left.length; row++) sum += (left[row] ?? 0) * (right[row] ?? 0);
  return sum;
}

/** Gaussian elimination with pivoting, for two or three unknowns. */
function solve(matrix: readonly (readonly number[])[], right: ArrayLike<number>): number[] {
  const rows = matrix.map((line, index) => [...line, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const rest = rows.slice(column).toSorted((a, b) => Math.abs(b[column] ?? 0) - Math.abs(a[column] ?? 0));
    rows.splice(column, size - column, ...rest);
    const pivot = rows[column] ?? [];
    for (const line of rows) {
      if (line === pivot) continue;
      const factor = (line[column] ?? 0) / (pivot[column] ?? Number.NaN);
      for (let j = column; j <= size; j++) line[j] = (line[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((line, index) => (line[size] ?? 0) / (line[index] ?? Number.NaN));
}
