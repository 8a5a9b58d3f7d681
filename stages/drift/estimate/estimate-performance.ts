import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import { type CalibrationMethod, fitCalibrator } from '../../calibrate/fit-calibrator.ts';
import { percentileInterval } from '../../metrics/bootstrap.ts';
import type { Costs } from '../../metrics/cost.ts';
import { createPrng, type Prng } from '../../metrics/prng.ts';
import { expectedPerformance, type Performance, rankOf } from './expected-performance.ts';

/** Labelled rows with scores of models that were not fitted to them: out-of-fold ones. In-sample scores would flatter the estimate. */
export interface OutOfFold {
  /** 1 for default, 0 for repaid. */
  readonly target: ArrayLike<number>;
  readonly probability: ArrayLike<number>;
  /** How much each row says of the current part; all alike where absent. */
  readonly weight?: ArrayLike<number>;
}

export type Population = 'all' | 'approved' | 'rejected';

export interface EstimateOptions {
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
  const probability = applyCalibrator(fitCalibrator(options.method, reference), current);
  const draws = Array.from({ length: options.replicates }, (_, replicate) => {
    const prng = createPrng(options.seed + replicate);
    const drawn = applyCalibrator(fitCalibrator(options.method, resampled(reference, prng)), current);
    return drawn.map((p) => (prng.next() < p ? 1 : 0));
  });
  const estimate = (name: Population): Estimate =>
    summarise(part(current, options.refused, name), { probability, draws, costs: options.costs });
  return { all: estimate('all'), approved: estimate('approved'), rejected: estimate('rejected') };
}

interface Part {
  readonly rows: Uint32Array;
  readonly score: Float64Array;
  readonly refused: Uint8Array;
  readonly order: Uint32Array;
}

function part(current: ArrayLike<number>, refused: ArrayLike<boolean | number>, name: Population): Part {
  const all = Uint32Array.from({ length: current.length }, (_, row) => row);
  const rows = name === 'all' ? all : all.filter((row) => Boolean(refused[row]) === (name === 'rejected'));
  const score = Float64Array.from(rows, (row) => current[row] ?? Number.NaN);
  return { rows, score, refused: Uint8Array.from(rows, (row) => (refused[row] ? 1 : 0)), order: rankOf(score) };
}

interface Outcomes {
  readonly probability: Float64Array;
  readonly draws: readonly Float64Array[];
  readonly costs: Costs;
}

function summarise({ rows, score, refused, order }: Part, { probability, draws, costs }: Outcomes): Estimate {
  const of = (outcome: Float64Array): Performance =>
    expectedPerformance({ score, refused, probability: Float64Array.from(rows, (row) => outcome[row] ?? Number.NaN) }, costs, order);
  const expected = of(probability);
  const replicates = draws.map(of);
  const figure = (name: keyof Performance): Figure => ({
    value: expected[name],
    ...percentileInterval(replicates.map((replicate) => replicate[name])),
  });
  return {
    rows: rows.length,
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
function resampled({ target, probability, weight }: OutOfFold, prng: Prng): Required<OutOfFold> {
  const multiplicity = new Float64Array(target.length);
  for (let draw = 0; draw < target.length; draw++) {
    const row = prng.below(target.length);
    multiplicity[row] = (multiplicity[row] ?? 0) + 1;
  }
  return { target, probability, weight: multiplicity.map((times, row) => times * (weight === undefined ? 1 : (weight[row] ?? 0))) };
}
