import { type Design, designGradient, designMargin } from './design.ts';
import { minimise } from './minimise.ts';

export interface LogisticOptions {
  /** λ of ½·λ·‖b‖², the intercept left out: 1/C of scikit-learn's `LogisticRegression`. */
  readonly l2: number;
  /** λ of λ·|b|. */
  readonly l1: number;
  /** Of each row; null when all count the same. */
  readonly weight: ArrayLike<number> | null;
  /** Where to begin: coefficients, then the intercept. */
  readonly start?: Float64Array;
  /** Largest entry of the gradient at the end, in units of max(1, λ). */
  readonly tolerance?: number;
}

export interface LogisticFit {
  /** Coefficients in the order of the inputs, then the intercept. */
  readonly weights: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

const TOLERANCE = 1e-8;
const MAX_ITERATIONS = 3_000;

/**
 * Coefficients that minimise Σ w·(ln(1 + e^m) − y·m) + ½·l2·‖b‖² + l1·|b|, m the log-odds of default.
 * @param label 1 for default, 0 for repaid; both must be there
 */
export function fitLogistic(design: Design, label: ArrayLike<number>, options: LogisticOptions): LogisticFit {
  const { width } = design;
  const { l2, weight } = options;
  const margin = new Float64Array(design.rows);
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    designMargin(design, point, margin);
    let loss = replaceByResiduals(margin, label, weight);
    designGradient(design, margin, gradient);
    for (let at = 0; at < width; at++) {
      const b = point[at] ?? 0;
      loss += (l2 / 2) * b * b;
      gradient[at] = (gradient[at] ?? 0) + l2 * b;
    }
    return loss;
  };
  const l1 = new Float64Array(width + 1).fill(options.l1, 0, width);
  const start = options.start ?? startOf(width, label, weight);
  const tolerance = (options.tolerance ?? TOLERANCE) * Math.max(1, l2);
  const { point, iterations, converged } = minimise(objective, start, { l1, tolerance, maxIterations: MAX_ITERATIONS });
  return { weights: point, iterations, converged };
}

/** Everybody at the base rate. */
function startOf(width: number, label: ArrayLike<number>, weight: ArrayLike<number> | null): Float64Array {
  let [positive, total] = [0, 0];
  for (let row = 0; row < label.length; row++) {
    const mass = weight?.[row] ?? 1;
    total += mass;
    positive += mass * (label[row] ?? 0);
  }
  const start = new Float64Array(width + 1);
  start[width] = Math.log(positive / (total - positive));
  return start;
}

/** Puts w·(σ(m) − y) in the place of m. @returns Σ w·(ln(1 + e^m) − y·m) */
function replaceByResiduals(margin: Float64Array, label: ArrayLike<number>, weight: ArrayLike<number> | null): number {
  let loss = 0;
  for (let row = 0; row < margin.length; row++) {
    const [m, y, mass] = [margin[row] ?? 0, label[row] ?? 0, weight?.[row] ?? 1];
    const e = Math.exp(-Math.abs(m));
    loss += mass * (Math.max(m, 0) + Math.log1p(e) - y * m);
    margin[row] = mass * ((m >= 0 ? 1 : e) / (1 + e) - y);
  }
  return loss;
}
