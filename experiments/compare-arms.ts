import { crossFit } from '../stages/calibrate/cross-fit.ts';
import { auc } from '../stages/metrics/auc.ts';
import { bootstrap, percentileInterval } from '../stages/metrics/bootstrap.ts';
import { expectedCalibrationError } from '../stages/metrics/calibration-error.ts';
import { elkanThreshold } from '../stages/metrics/cost.ts';
import { logLoss } from '../stages/metrics/log-loss.ts';
import { createPrng } from '../stages/metrics/prng.ts';
import type { CatalogueEntry } from '../stages/features/catalogue.ts';
import { positiveWeight } from '../stages/train/class-weight.ts';
import { crossValidate } from '../stages/train/cross-validate.ts';
import type { TrainingData } from '../stages/train/fold-learner.ts';
import { trainParams } from '../stages/train/params.ts';
import { openTrainer } from '../stages/train/trainers/open-trainer.ts';

const COSTS = { falseNegative: 10, falsePositive: 1 };
const FOLD_SEEDS = [1, 2, 3];
const FOLDS = 5;
const REPLICATES = 400;

/** One setting of the train stage to be compared. */
export interface Arm {
  readonly name: string;
  /** Of params.train. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A value with its 95 % interval, rows drawn anew within each class. */
interface Estimate {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

/** All are means over the fold seeds, of out-of-fold predictions. */
export interface ArmResult {
  readonly arm: string;
  readonly auc: Estimate;
  /** Cost per applicant at the threshold that the costs imply: of raw probabilities, with ln(odds factor) taken off, and calibrated on the other folds. */
  readonly cost: { readonly raw: Estimate; readonly corrected: Estimate; readonly calibrated: Estimate };
  /** Against the first arm, the same rows drawn for both. */
  readonly against: { readonly auc: Estimate; readonly calibratedCost: Estimate };
  /** Ten bins of equal count. */
  readonly calibrationError: { readonly raw: number; readonly corrected: number; readonly calibrated: number };
  readonly logLoss: { readonly raw: number; readonly corrected: number; readonly calibrated: number };
}

export interface Book extends Omit<TrainingData, 'fold'> {
  readonly columns: readonly CatalogueEntry[];
}

interface Predictions {
  /** Log-odds with the odds factor taken off. */
  readonly margin: Float64Array;
  readonly raw: Float64Array;
  readonly corrected: Float64Array;
  readonly calibrated: Float64Array;
}

export interface CompareOptions {
  readonly threads: number;
  readonly projectDir: string;
  readonly onArm: (name: string, seconds: number) => void;
}

export async function compareArms(book: Book, arms: readonly Arm[], options: CompareOptions): Promise<readonly ArmResult[]> {
  const found: { readonly arm: Arm; readonly runs: readonly Predictions[] }[] = [];
  for (const arm of arms) {
    const before = process.cpuUsage();
    const runs: Predictions[] = [];
    for (const seed of FOLD_SEEDS) runs.push(await predict(book, { arm, seed, options }));
    found.push({ arm, runs });
    const { user, system } = process.cpuUsage(before);
    options.onArm(arm.name, (user + system) / 1e6);
  }
  const [first] = found;
  return found.map(({ arm, runs }) => judge(arm.name, book.target, { runs, base: first?.runs ?? runs }));
}

async function predict(
  { features, target, columns }: Book,
  { arm, seed, options }: { readonly arm: Arm; readonly seed: number; readonly options: CompareOptions },
): Promise<Predictions> {
  const params = trainParams.parse(arm.params);
  const trainer = await openTrainer({ params, columns, target, threads: options.threads, projectDir: options.projectDir });
  const fold = dealFolds(target, seed);
  const { resample, resampleShare } = params;
  const cv = await crossValidate(
    trainer,
    { features, target, fold },
    {
      costs: COSTS,
      positiveWeight: positiveWeight(params.classWeight, target, COSTS),
      resampling: resample === 'none' ? null : { resample, resampleShare, seed: params.seed },
      patience: params.patience,
      signal: new AbortController().signal,
      stopOn: params.stopOn,
    },
  );
  const raw = Float64Array.from(cv.margin, sigmoid);
  const margin = Float64Array.from(cv.margin, (value) => value - Math.log(cv.oddsFactor));
  const oof = { target: Uint8Array.from(target), fold, probability: raw };
  return { margin, raw, corrected: margin.map(sigmoid), calibrated: crossFit('platt', oof) };
}

/** Each class dealt round by round. */
function dealFolds(target: Float32Array, seed: number): Int8Array {
  const prng = createPrng(seed);
  const fold = new Int8Array(target.length);
  for (const label of [0, 1]) {
    const rows = [...target.keys()].filter((row) => target[row] === label);
    for (let at = rows.length - 1; at > 0; at--) {
      const other = prng.below(at + 1);
      [rows[at], rows[other]] = [rows[other] ?? 0, rows[at] ?? 0];
    }
    rows.forEach((row, at) => {
      fold[row] = at % FOLDS;
    });
  }
  return fold;
}

function judge(
  arm: string,
  target: Float32Array,
  { runs, base }: { readonly runs: readonly Predictions[]; readonly base: readonly Predictions[] },
): ArmResult {
  const threshold = elkanThreshold(COSTS);
  const aucOf = (of: readonly Predictions[], weight?: Uint16Array) => mean(of.map(({ margin }) => auc(target, margin, weight)));
  const costOf = (of: readonly Predictions[], kind: 'raw' | 'corrected' | 'calibrated', weight?: Uint16Array) =>
    mean(of.map((run) => weightedCost(target, run[kind], { threshold, weight })));
  const statistics = (weight?: Uint16Array) => ({
    auc: aucOf(runs, weight),
    raw: costOf(runs, 'raw', weight),
    corrected: costOf(runs, 'corrected', weight),
    calibrated: costOf(runs, 'calibrated', weight),
    aucGain: aucOf(runs, weight) - aucOf(base, weight),
    costGain: costOf(runs, 'calibrated', weight) - costOf(base, 'calibrated', weight),
  });
  const names = ['auc', 'raw', 'corrected', 'calibrated', 'aucGain', 'costGain'] as const;
  const values = statistics();
  let last: { readonly weight: Uint16Array; readonly found: ReturnType<typeof statistics> } | undefined;
  const of = (weight: Uint16Array) => {
    if (last?.weight !== weight) last = { weight, found: statistics(weight) };
    return last.found;
  };
  const replicates = bootstrap(target, Object.fromEntries(names.map((name) => [name, (weight: Uint16Array) => of(weight)[name]])), {
    replicates: REPLICATES,
    seed: 7,
  });
  const estimate = (name: (typeof names)[number]): Estimate => ({ value: values[name], ...percentileInterval(replicates[name] ?? []) });
  const each = (measure: (probability: Float64Array) => number) => ({
    raw: mean(runs.map(({ raw }) => measure(raw))),
    corrected: mean(runs.map(({ corrected }) => measure(corrected))),
    calibrated: mean(runs.map(({ calibrated }) => measure(calibrated))),
  });
  return {
    arm,
    auc: estimate('auc'),
    cost: { raw: estimate('raw'), corrected: estimate('corrected'), calibrated: estimate('calibrated') },
    against: { auc: estimate('aucGain'), calibratedCost: estimate('costGain') },
    calibrationError: each((probability) => expectedCalibrationError(target, probability)),
    logLoss: each((probability) => logLoss(target, probability)),
  };
}

/** Cost per applicant when those at or above the threshold are refused, each row counting as often as its weight says. */
function weightedCost(
  target: Float32Array,
  probability: Float64Array,
  { threshold, weight }: { readonly threshold: number; readonly weight: Uint16Array | undefined },
): number {
  let [cost, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const mass = weight?.[row] ?? 1;
    const refused = (probability[row] ?? 0) >= threshold;
    total += mass;
    if (target[row] === 1) cost += refused ? 0 : mass * COSTS.falseNegative;
    else if (refused) cost += mass * COSTS.falsePositive;
  }
  return cost / total;
}

function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
