import type { CalibrationMethod } from '../../calibrate/fit-calibrator.ts';
import { refitCalibrator } from '../../calibrate/refit-calibrator.ts';
import { percentileInterval } from '../../metrics/bootstrap.ts';
import type { Costs } from '../../metrics/cost.ts';
import { createPrng, type Prng } from '../../metrics/prng.ts';
import { rankedCalibration } from './ranked-calibration.ts';
import { drawnPerformance, POPULATIONS, type Population } from './drawn-performance.ts';
import { type Performance, performanceOf, type RankedRows, rankedRows, rankOf } from './expected-performance.ts';

/** Labelled rows with scores of models that were not fitted to them: out-of-fold ones. In-sample scores would flatter the estimate. */
export interface OutOfFold {
  /** 1 for default, 0 for repaid. */
  readonly target: ArrayLike<number>;
  readonly probability: ArrayLike<number>;
  /** How much each row says of the current part; all alike where absent. */
  readonly weight?: ArrayLike<number>;
}

export interface EstimateOptions {
  /** How the reference is calibrated: as methodHeldTo says. */
  readonly method: CalibrationMethod;
  /** Refuse at or above, on the decision's own calibrated probability. */
  readonly refused: ArrayLike<boolean | number>;
  readonly costs: Costs;
  readonly replicates: number;
  readonly seed: number;
}

export interface Figure {
  readonly value: number;
  /** Where the realised figure will lie in 95 of 100 cases, if applicants with a score still default as they did. */
  readonly lo: number;
  readonly hi: number;
}

export type Estimate = Readonly<Record<keyof Performance, Figure>> & { readonly rows: number };

/**
 * Performance of the current part's decisions before its outcomes are known, for all applicants, the approved and the rejected.
 * The band holds both doubts: how well the calibration is known (the reference's rows are drawn again and it is fitted again)
 * and that outcomes are drawn (each applicant defaults with that probability).
 * @param current the model's own probabilities
 */
export function estimatePerformance(
  reference: OutOfFold,
  current: ArrayLike<number>,
  options: EstimateOptions,
): Readonly<Record<Population, Estimate>> {
  const { refused, costs } = options;
  const { whole, again } = refitCalibrator(options.method, reference);
  const order = rankOf(current);
  const calibrated = rankedCalibration(current, order);
  const probability = calibrated(whole, new Float64Array(current.length));
  const ranked = (rows: Uint32Array): RankedRows => rankedRows({ score: current, refused }, rows);
  const populations = {
    all: ranked(order),
    approved: ranked(order.filter((row) => !refused[row])),
    rejected: ranked(order.filter((row) => Boolean(refused[row]))),
  };
  // For all replicates the same arrays: new ones would take longer than what is done in them.
  const [bad, expected, multiplicity] = [
    new Uint8Array(current.length),
    new Float64Array(current.length),
    new Float64Array(reference.target.length),
  ];
  const replicates = { all: [] as Performance[], approved: [] as Performance[], rejected: [] as Performance[] };
  for (let replicate = 0; replicate < options.replicates; replicate++) {
    const prng = createPrng(options.seed + replicate);
    calibrated(again(resampled(reference, prng, multiplicity)), expected);
    for (let row = 0; row < bad.length; row++) bad[row] = prng.next() < (expected[row] ?? Number.NaN) ? 1 : 0;
    const drawn = drawnPerformance(populations.all, bad, costs);
    for (const name of POPULATIONS) replicates[name].push(drawn[name]);
  }
  const estimate = (name: Population): Estimate =>
    summarise(performanceOf(populations[name], probability, costs), { rows: populations[name].order.length, replicates: replicates[name] });
  return { all: estimate('all'), approved: estimate('approved'), rejected: estimate('rejected') };
}

function summarise(
  expected: Performance,
  { rows, replicates }: { readonly rows: number; readonly replicates: readonly Performance[] },
): Estimate {
  const figure = (name: keyof Performance): Figure => ({
    value: expected[name],
    ...percentileInterval(replicates.map((replicate) => replicate[name])),
  });
  return {
    rows,
    auc: figure('auc'),
    averagePrecision: figure('averagePrecision'),
    precision: figure('precision'),
    recall: figure('recall'),
    f1: figure('f1'),
    defaultRate: figure('defaultRate'),
    costPerLoan: figure('costPerLoan'),
  };
}

/** As many rows, drawn with replacement: a multiplicity a row times its weight. */
function resampled({ target, weight }: OutOfFold, prng: Prng, multiplicity: Float64Array): Float64Array {
  multiplicity.fill(0);
  for (let draw = 0; draw < target.length; draw++) {
    const row = prng.below(target.length);
    multiplicity[row] = (multiplicity[row] ?? 0) + 1;
  }
  if (weight !== undefined)
    for (let row = 0; row < multiplicity.length; row++) multiplicity[row] = (multiplicity[row] ?? 0) * (weight[row] ?? 0);
  return multiplicity;
}
