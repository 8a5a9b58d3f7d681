import { sigmoid } from './apply-calibrator.ts';

/** Columns of equal length; an intercept is added. */
export interface LogisticProblem {
  readonly columns: readonly ArrayLike<number>[];
  /** In [0, 1]. */
  readonly target: ArrayLike<number>;
  /** 1 where absent. */
  readonly weight?: ArrayLike<number>;
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

/** Logistic regression by Newton's method with step halving, to convergence. No penalty but 1e-12 on the diagonal, for constant columns. */
export function fitLogistic(problem: LogisticProblem): LogisticFit {
  const design = layOut(problem);
  let coefficients = new Float64Array(design.width);
  let loss = lossOf(design, coefficients);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = derivatives(design, coefficients);
    const direction = solve(hessian, gradient);
    const decrement = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
    const next = descend(design, { coefficients, loss }, direction);
    if (next === undefined) break;
    ({ coefficients, loss } = next);
    if (decrement < TOLERANCE * (1 + loss)) break;
  }
  return { coefficients: [...coefficients], loss };
}

/** Row-major with a last column of ones. */
interface Design {
  readonly width: number;
  readonly values: Float64Array;
  readonly target: Float64Array;
  readonly weight: Float64Array;
}

interface State {
  readonly coefficients: Float64Array<ArrayBuffer>;
  readonly loss: number;
}

function layOut({ columns, target, weight }: LogisticProblem): Design {
  const width = columns.length + 1;
  const values = new Float64Array(target.length * width).fill(1);
  columns.forEach((column, at) => {
    for (let row = 0; row < target.length; row++) values[row * width + at] = column[row] ?? Number.NaN;
  });
  return {
    width,
    values,
    target: Float64Array.from(target),
    weight: weight === undefined ? new Float64Array(target.length).fill(1) : Float64Array.from(weight),
  };
}

/** The longest of the steps 1, ½, ¼, … that lowers the loss; undefined where none does. */
function descend(design: Design, from: State, direction: readonly number[]): State | undefined {
  for (let length = 1; length > 1e-6; length /= 2) {
    const coefficients = from.coefficients.map((value, index) => value - length * (direction[index] ?? 0));
    const loss = lossOf(design, coefficients);
    if (loss < from.loss) return { coefficients, loss };
  }
  return undefined;
}

function linear({ width, values }: Design, coefficients: Float64Array, row: number): number {
  let sum = 0;
  for (let column = 0, at = row * width; column < width; column++, at++) sum += (coefficients[column] ?? 0) * (values[at] ?? 0);
  return sum;
}

function lossOf(design: Design, coefficients: Float64Array): number {
  const { target, weight } = design;
  let loss = 0;
  for (let row = 0; row < target.length; row++) {
    const m = linear(design, coefficients, row);
    loss += (weight[row] ?? 0) * (Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m))) - (target[row] ?? 0) * m);
  }
  return loss;
}

function derivatives(design: Design, coefficients: Float64Array): { gradient: Float64Array; hessian: number[][] } {
  const { width, values, target, weight } = design;
  const [gradient, curvatures] = [new Float64Array(width), new Float64Array(width * width)];
  for (let row = 0; row < target.length; row++) {
    const p = sigmoid(linear(design, coefficients, row));
    const [slope, curvature] = [(weight[row] ?? 0) * (p - (target[row] ?? 0)), (weight[row] ?? 0) * p * (1 - p)];
    for (let i = 0, start = row * width; i < width; i++) {
      const value = values[start + i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + slope * value;
      for (let j = 0; j < width; j++)
        curvatures[i * width + j] = (curvatures[i * width + j] ?? 0) + curvature * value * (values[start + j] ?? 0);
    }
  }
  const hessian = Array.from(gradient, (_, i) =>
    Array.from(gradient, (_value, j) => (curvatures[i * width + j] ?? 0) + (i === j ? 1e-12 : 0)),
  );
  return { gradient, hessian };
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
