import { Z95 } from '../../metrics/normal.ts';
import type { Contributions } from '../../explanations/contributions.ts';

/** As many features are named. */
const NAMED = 15;

export interface ShiftPart {
  readonly name: string;
  /** By how much it moved the mean log-odds of default, with its 95 % interval. */
  readonly delta: number;
  readonly lo: number;
  readonly hi: number;
}

export interface ScoreShift {
  readonly rows: { readonly reference: number; readonly current: number };
  /** Mean margin of the current rows less that of the reference rows, in log-odds. */
  readonly delta: number;
  /** Its standard error, of two samples. */
  readonly se: number;
  /** Concepts add up to `delta`, largest in size first. */
  readonly concepts: readonly ShiftPart[];
  /** The features that moved it most. */
  readonly features: readonly ShiftPart[];
  /** What the concepts' sum differs from `delta` by: rounding of single precision. */
  readonly sumError: number;
}

/**
 * Why the mean score moved: each row's contributions add up to its margin (SHAP's local accuracy) with one bias for all, so the
 * means' differences, Σ mean φ_current − mean φ_reference, add up to the difference of the mean margins. Exact, not sampled over
 * coalitions; the intervals are of the rows looked at (two samples, normal).
 * @param concepts one a column
 */
export function scoreShift(reference: Contributions, current: Contributions, concepts: readonly string[]): ScoreShift {
  return shiftBetween(shiftMoments(reference, concepts), shiftMoments(current, concepts));
}

/** What a part's contributions come to: means and their variances, no row. */
export interface ShiftMoments {
  readonly rows: number;
  readonly margin: Moment;
  /** Summed by concept, and by feature. */
  readonly concepts: readonly NamedMoment[];
  readonly features: readonly NamedMoment[];
}

interface Moment {
  readonly mean: number;
  /** Of the mean. */
  readonly variance: number;
}

interface NamedMoment extends Moment {
  readonly name: string;
}

/** @param concepts one a column */
export function shiftMoments(contributions: Contributions, concepts: readonly string[]): ShiftMoments {
  const { rows, columns, margin } = contributions;
  const names = [...new Set(concepts)];
  const indices = Int32Array.from(concepts, (concept) => names.indexOf(concept));
  const own = Int32Array.from(columns, (_, column) => column);
  return {
    rows,
    margin: { mean: mean(margin), variance: meanVariance(margin) },
    concepts: named(names, moments(contributions, indices, names.length)),
    features: named(columns, moments(contributions, own, own.length)),
  };
}

/** The move of the mean score from one part to another, of the same model. */
export function shiftBetween(before: ShiftMoments, after: ShiftMoments): ScoreShift {
  const concepts = parts(before.concepts, after.concepts);
  const delta = after.margin.mean - before.margin.mean;
  return {
    rows: { reference: before.rows, current: after.rows },
    delta,
    se: Math.sqrt(before.margin.variance + after.margin.variance),
    concepts,
    features: parts(before.features, after.features)
      .filter((part) => part.delta !== 0)
      .slice(0, NAMED),
    sumError: Math.abs(concepts.reduce((sum, part) => sum + part.delta, 0) - delta),
  };
}

function named(names: readonly string[], { mean: means, variance }: Moments): NamedMoment[] {
  return names.map((name, at) => ({ name, mean: means[at] ?? 0, variance: variance[at] ?? 0 }));
}

interface Moments {
  readonly mean: Float64Array;
  /** Variance of the mean. */
  readonly variance: Float64Array;
}

/** Mean of each group's sum over the rows, and its variance. @param group of each column */
function moments({ rows, columns, values }: Contributions, group: Int32Array, groups: number): Moments {
  const [sums, squares, row] = [new Float64Array(groups), new Float64Array(groups), new Float64Array(groups)];
  for (let at = 0; at < rows; at++) {
    row.fill(0);
    const start = at * columns.length;
    group.forEach((own, column) => (row[own] = (row[own] ?? 0) + (values[start + column] ?? Number.NaN)));
    row.forEach((value, own) => {
      sums[own] = (sums[own] ?? 0) + value;
      squares[own] = (squares[own] ?? 0) + value * value;
    });
  }
  const mean = sums.map((sum) => sum / rows);
  return { mean, variance: squares.map((square, own) => Math.max(0, square / rows - (mean[own] ?? 0) ** 2) / Math.max(1, rows - 1)) };
}

function parts(before: readonly NamedMoment[], after: readonly NamedMoment[]): ShiftPart[] {
  const none: Moment = { mean: 0, variance: 0 };
  const known = new Map(before.map((moment) => [moment.name, moment]));
  return after
    .map(({ name, mean: now, variance }) => {
      const then = known.get(name) ?? none;
      const delta = now - then.mean;
      const half = Z95 * Math.sqrt(variance + then.variance);
      return { name, delta, lo: delta - half, hi: delta + half };
    })
    .toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || (a.name < b.name ? -1 : 1));
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Variance of the mean. */
function meanVariance(values: Float32Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length / Math.max(1, values.length - 1);
}
