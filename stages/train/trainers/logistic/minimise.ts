/** A smooth convex function of a point. */
export interface Objective {
  /** @returns the value at `point`, and its gradient in `gradient` */
  (point: Float64Array, gradient: Float64Array): number;
}

export interface MinimiseOptions {
  /** One a coordinate: adds Σ l1·|x|. All 0 for a smooth problem. */
  readonly l1: Float64Array;
  /** Done when no entry of the (pseudo-)gradient is larger. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

const MEMORY = 10;
/** Share of the promised descent that a step must bring (Armijo). */
const SUFFICIENT = 1e-4;
const MAX_HALVINGS = 60;

/**
 * Limited-memory BFGS with backtracking; with an L1 term the orthant-wise variant (Andrew & Gao 2007), which keeps a step
 * within the orthant it started in. Single-threaded and without random numbers: the same problem gives the same bits.
 */
export function minimise(objective: Objective, start: Float64Array, { l1, tolerance, maxIterations }: MinimiseOptions): Minimum {
  const size = start.length;
  const history = new History();
  let [point, gradient] = [Float64Array.from(start), new Float64Array(size)];
  let [next, nextGradient] = [new Float64Array(size), new Float64Array(size)];
  const [slope, direction] = [new Float64Array(size), new Float64Array(size)];
  let value = objective(point, gradient) + penaltyOf(point, l1);
  for (let iteration = 0; ; iteration++) {
    pseudoGradient({ point, gradient, l1 }, slope);
    const converged = largest(slope) <= tolerance;
    if (converged || iteration === maxIterations) return { point, iterations: iteration, converged };
    history.descend(slope, direction);
    // Only along coordinates where the step goes downhill: the curvature is that of the smooth part.
    for (let at = 0; at < size; at++) if ((l1[at] ?? 0) > 0 && (direction[at] ?? 0) * (slope[at] ?? 0) >= 0) direction[at] = 0;
    const promised = dot(direction, slope);
    let step = history.empty ? Math.min(1, 1 / Math.sqrt(dot(slope, slope))) : 1;
    let reached = Number.POSITIVE_INFINITY;
    for (let halving = 0; ; halving++, step /= 2) {
      if (halving === MAX_HALVINGS) return { point, iterations: iteration, converged: false };
      move({ point, slope, direction, step, l1 }, next);
      reached = objective(next, nextGradient) + penaltyOf(next, l1);
      if (reached <= value + SUFFICIENT * step * promised) break;
      // At the bottom, what is left of the descent drowns in rounding.
      if (reached <= value + 1e-13 * Math.abs(value) && halving > 3) break;
    }
    history.remember(difference(next, point), difference(nextGradient, gradient));
    [point, next] = [next, point];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = reached;
  }
}

/** The last few steps and what they did to the gradient: an inverse Hessian that is never written out. */
class History {
  readonly #pairs: { readonly step: Float64Array; readonly change: Float64Array; readonly curvature: number }[] = [];

  get empty(): boolean {
    return this.#pairs.length === 0;
  }

  remember(step: Float64Array, change: Float64Array): void {
    const curvature = dot(step, change);
    // A pair without curvature would make the inverse indefinite.
    if (!(curvature > Number.EPSILON * dot(change, change))) return;
    this.#pairs.push({ step, change, curvature });
    if (this.#pairs.length > MEMORY) this.#pairs.shift();
  }

  /** −H·slope by the two-loop recursion (Nocedal 1980). */
  descend(slope: Float64Array, direction: Float64Array): void {
    for (let at = 0; at < slope.length; at++) direction[at] = -(slope[at] ?? 0);
    const alphas: number[] = [];
    for (const { step, change, curvature } of this.#pairs.toReversed()) {
      const alpha = dot(step, direction) / curvature;
      alphas.push(alpha);
      add(direction, change, -alpha);
    }
    const last = this.#pairs.at(-1);
    if (last !== undefined) {
      const scale = last.curvature / dot(last.change, last.change);
      for (let at = 0; at < direction.length; at++) direction[at] = (direction[at] ?? 0) * scale;
    }
    for (const { step, change, curvature } of this.#pairs) {
      const beta = dot(change, direction) / curvature;
      add(direction, step, (alphas.pop() ?? 0) - beta);
    }
  }
}

/** Where l1 > 0 and the point is 0: the one-sided slope, 0 inside the kink. */
function pseudoGradient(
  { point, gradient, l1 }: { readonly point: Float64Array; readonly gradient: Float64Array; readonly l1: Float64Array },
  slope: Float64Array,
): void {
  for (let at = 0; at < point.length; at++) {
    const [x, g, penalty] = [point[at] ?? 0, gradient[at] ?? 0, l1[at] ?? 0];
    if (x !== 0) slope[at] = g + penalty * Math.sign(x);
    else if (g > penalty) slope[at] = g - penalty;
    else if (g < -penalty) slope[at] = g + penalty;
    else slope[at] = 0;
  }
}

interface Move {
  readonly point: Float64Array;
  readonly slope: Float64Array;
  readonly direction: Float64Array;
  readonly step: number;
  readonly l1: Float64Array;
}

/** A coordinate that would change its sign stops at 0. */
function move({ point, slope, direction, step, l1 }: Move, next: Float64Array): void {
  for (let at = 0; at < point.length; at++) {
    const x = point[at] ?? 0;
    const moved = x + step * (direction[at] ?? 0);
    const side = x === 0 ? -Math.sign(slope[at] ?? 0) : Math.sign(x);
    next[at] = (l1[at] ?? 0) > 0 && moved * side < 0 ? 0 : moved;
  }
}

function penaltyOf(point: Float64Array, l1: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < point.length; at++) sum += (l1[at] ?? 0) * Math.abs(point[at] ?? 0);
  return sum;
}

function difference(left: Float64Array, right: Float64Array): Float64Array {
  return left.map((value, at) => value - (right[at] ?? 0));
}

function add(to: Float64Array, from: Float64Array, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + factor * (from[at] ?? 0);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}

function largest(values: Float64Array): number {
  let found = 0;
  for (const value of values) found = Math.max(found, Math.abs(value));
  return found;
}
