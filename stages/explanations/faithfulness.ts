import type { FloatMatrix } from '../../pipeline/index.ts';
import { createPrng, type Prng } from '../metrics/prng.ts';
import { quantileOfSorted } from '../metrics/quantile.ts';
import { type Contributions, rowOf } from './contributions.ts';
import { type ReasonGroups, reasonKey, reasonsOf } from './reasons.ts';

/** Random sets of reasons a client that the named ones are compared with. */
const DRAWS = 5;
const RESAMPLES = 1000;

export interface Faithfulness {
  /** Refused clients with at least one reason and enough other ones to draw from. */
  readonly clients: number;
  readonly draws: number;
  /** Mean fall of the margin, in log-odds, once the named reasons' features are those of the typical reference client. */
  readonly named: number;
  /** The same for as many reasons drawn at random from those not named. */
  readonly random: number;
  /** named − random, with its 95 % bootstrap interval over clients. */
  readonly difference: { readonly value: number; readonly lo: number; readonly hi: number };
  /** Share of clients whose score falls further by the named reasons than by the mean of the random ones. */
  readonly shareLarger: number;
}

export interface FaithfulnessTask {
  readonly groups: ReasonGroups;
  readonly matrix: FloatMatrix;
  readonly contributions: Contributions;
  /** Rows that were refused. */
  readonly refused: readonly number[];
  /** The real model. */
  readonly marginOf: (matrix: FloatMatrix) => Float32Array;
  readonly seed: number;
}

/**
 * Deletion test: does the score move when the reasons named are taken away, and more than when others are? "Taken away" means that
 * every feature of the reason takes the reference's middle value, unknown where most there have none; the real model scores the result.
 * @returns null where no client has reasons and others to compare them with
 */
export function testFaithfulness({ groups, matrix, contributions, refused, marginOf, seed }: FaithfulnessTask): Faithfulness | null {
  const prng = createPrng(seed);
  const variants: Float32Array[] = [];
  const tested: { readonly row: number; readonly first: number }[] = [];
  const keys = groups.groups.map(({ code }) => reasonKey(code));
  const indices = [...keys.keys()];
  for (const row of refused) {
    const codes = new Set(reasonsOf(groups, rowOf(contributions, row)).map(({ code }) => reasonKey(code)));
    const named = indices.filter((index) => codes.has(keys[index] ?? ''));
    const others = indices.filter((index) => !codes.has(keys[index] ?? ''));
    if (named.length === 0 || others.length < named.length) continue;
    tested.push({ row, first: variants.length });
    variants.push(without(groups, matrix, row, named));
    for (let draw = 0; draw < DRAWS; draw++) variants.push(without(groups, matrix, row, drawn(others, named.length, prng)));
  }
  if (tested.length === 0) return null;
  const margins = marginOf(stack(matrix.columns, variants));
  const falls = tested.map(({ row, first }) => {
    const fall = (at: number): number => (contributions.margin[row] ?? Number.NaN) - (margins[at] ?? Number.NaN);
    const random = Array.from({ length: DRAWS }, (_, draw) => fall(first + 1 + draw));
    return { named: fall(first), random: mean(random) };
  });
  return summary(falls, prng);
}

function summary(falls: readonly { readonly named: number; readonly random: number }[], prng: Prng): Faithfulness {
  const differences = falls.map(({ named, random }) => named - random);
  const replicates = Float64Array.from({ length: RESAMPLES }, () =>
    mean(differences.map(() => differences[prng.below(differences.length)] ?? 0)),
  ).toSorted();
  return {
    clients: falls.length,
    draws: DRAWS,
    named: mean(falls.map(({ named }) => named)),
    random: mean(falls.map(({ random }) => random)),
    difference: { value: mean(differences), lo: quantileOfSorted(replicates, 0.025), hi: quantileOfSorted(replicates, 0.975) },
    shareLarger: differences.filter((difference) => difference > 0).length / differences.length,
  };
}

/** A row with the features of these reasons at the reference's middle values. */
function without(
  { reference, groups }: ReasonGroups,
  { columns, data }: FloatMatrix,
  row: number,
  indices: readonly number[],
): Float32Array {
  const values = data.slice(row * columns.length, (row + 1) * columns.length);
  for (const index of indices)
    for (const column of groups[index]?.columns ?? []) values[column] = reference.features[column]?.typical ?? Number.NaN;
  return values;
}

/** So many of them, without replacement. */
function drawn(from: readonly number[], count: number, prng: Prng): readonly number[] {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(prng.below(left.length), 1)[0] ?? 0);
}

function stack(columns: readonly string[], rows: readonly Float32Array[]): FloatMatrix {
  const data = new Float32Array(rows.length * columns.length);
  rows.forEach((row, at) => data.set(row, at * columns.length));
  return { rows: rows.length, columns, data };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
