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
/** Newton's decrement, in nats, at which another step changes nothing that a double shows. */
const TOLERANCE = 1e-14;

/** Logistic regression by Newton's method with step halving, to convergence. No penalty but 1e-12 on the diagonal, for constant columns. */
export function fitLogistic(problem: LogisticProblem): LogisticFit {
  const size = problem.columns.length + 1;
  let coefficients = Array.from({ length: size }, () => 0);
  let loss = lossOf(problem, coefficients);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = derivatives(problem, coefficients);
    const direction = solve(hessian, gradient);
    const decrement = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
    if (decrement < TOLERANCE) break;
    const next = descend(problem, { coefficients, loss }, direction);
    if (next === undefined) break;
    ({ coefficients, loss } = next);
  }
  return { coefficients, loss };
}

interface State {
  readonly coefficients: number[];
  readonly loss: number;
}

/** The longest of the steps 1, ½, ¼, … that lowers the loss; undefined where none does. */
function descend(problem: LogisticProblem, from: State, direction: readonly number[]): State | undefined {
  for (let length = 1; length > 1e-10; length /= 2) {
    const coefficients = from.coefficients.map((value, index) => value - length * (direction[index] ?? 0));
    const loss = lossOf(problem, coefficients);
    if (loss < from.loss) return { coefficients, loss };
  }
  return undefined;
}

function linear({ columns }: LogisticProblem, coefficients: readonly number[], row: number): number {
  let sum = coefficients[columns.length] ?? 0;
  for (let column = 0; column < columns.length; column++) sum += (coefficients[column] ?? 0) * (columns[column]?.[row] ?? Number.NaN);
  return sum;
}

function lossOf(problem: LogisticProblem, coefficients: readonly number[]): number {
  let loss = 0;
  for (let row = 0; row < problem.target.length; row++) {
    const m = linear(problem, coefficients, row);
    const mass = problem.weight === undefined ? 1 : (problem.weight[row] ?? 0);
    loss += mass * (Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m))) - (problem.target[row] ?? Number.NaN) * m);
  }
  return loss;
}

function derivatives(problem: LogisticProblem, coefficients: readonly number[]): { gradient: number[]; hessian: number[][] } {
  const size = coefficients.length;
  const gradient: number[] = Array.from({ length: size }, () => 0);
  const hessian: number[][] = gradient.map((_, i) => gradient.map((_entry, j): number => (i === j ? 1e-12 : 0)));
  const at = (column: number, row: number): number => (column === size - 1 ? 1 : (problem.columns[column]?.[row] ?? Number.NaN));
  for (let row = 0; row < problem.target.length; row++) {
    const p = sigmoid(linear(problem, coefficients, row));
    const mass = problem.weight === undefined ? 1 : (problem.weight[row] ?? 0);
    const [slope, curvature] = [mass * (p - (problem.target[row] ?? Number.NaN)), mass * p * (1 - p)];
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] ?? 0) + slope * at(i, row);
      const line = hessian[i] ?? [];
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + curvature * at(i, row) * at(j, row);
    }
  }
  return { gradient, hessian };
}

/** Gaussian elimination with pivoting, for two or three unknowns. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
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
