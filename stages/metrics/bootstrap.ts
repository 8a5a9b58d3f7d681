import { createPrng, type Prng } from './prng.ts';
import { quantileOfSorted } from './quantile.ts';

export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/**
 * Draws as many defaulters and as many payers as there are, each with replacement, and says how often each row came:
 * the class shares stay as they were, which is right for a holdout that was drawn with fixed shares.
 * @returns one count a row
 */
export function stratifiedMultiplicity(target: ArrayLike<number>, prng: Prng): Uint16Array {
  const strata: [number[], number[]] = [[], []];
  for (let row = 0; row < target.length; row++) strata[target[row] === 1 ? 1 : 0].push(row);
  const multiplicity = new Uint16Array(target.length);
  for (const rows of strata) {
    for (let draw = 0; draw < rows.length; draw++) {
      const row = rows[prng.below(rows.length)] ?? 0;
      multiplicity[row] = (multiplicity[row] ?? 0) + 1;
    }
  }
  return multiplicity;
}

/**
 * Replicates of several statistics on the same stratified resamples, so that they may be compared pair by pair.
 * @param statistics each maps multiplicities of the rows to a value
 * @returns one array of `replicates` values a statistic
 */
export function bootstrap<TName extends string>(
  target: ArrayLike<number>,
  statistics: Readonly<Record<TName, (multiplicity: Uint16Array) => number>>,
  options: { readonly replicates: number; readonly seed: number; readonly onReplicate?: (done: number) => void },
): Readonly<Record<TName, Float64Array>> {
  const prng = createPrng(options.seed);
  const entries = Object.entries<(multiplicity: Uint16Array) => number>(statistics).map(([name, statistic]) => ({
    name,
    statistic,
    values: new Float64Array(options.replicates),
  }));
  for (let replicate = 0; replicate < options.replicates; replicate++) {
    const multiplicity = stratifiedMultiplicity(target, prng);
    for (const { statistic, values } of entries) values[replicate] = statistic(multiplicity);
    options.onReplicate?.(replicate + 1);
  }
  return Object.fromEntries(entries.map(({ name, values }) => [name, values])) as Record<TName, Float64Array>;
}

/** The 2.5 % and 97.5 % quantiles of the replicates. NaN values are left out; NaN where none is left. */
export function percentileInterval(replicates: ArrayLike<number>): Interval {
  const sorted = Float64Array.from(replicates)
    .filter((value) => !Number.isNaN(value))
    .toSorted();
  return { lo: quantileOfSorted(sorted, 0.025), hi: quantileOfSorted(sorted, 0.975) };
}

/**
 * Basic (reflected) interval, 2·estimate − quantiles: for statistics that sampling noise can only push one way, such as ECE and
 * KS. Their replicates lie above the estimate as the estimate lies above the truth; percentiles would count that twice.
 */
export function basicInterval(estimate: number, replicates: ArrayLike<number>): Interval {
  const { lo, hi } = percentileInterval(replicates);
  return { lo: 2 * estimate - hi, hi: 2 * estimate - lo };
}
