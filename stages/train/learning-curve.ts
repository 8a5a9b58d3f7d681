import { setImmediate } from 'node:timers/promises';
import { foldNumbers, foldRows } from './development.ts';
import type { TrainingData } from './fold-learner.ts';
import { type RoundScores, scoreMargins, type Scoring } from './round-scores.ts';
import { selectValues } from './select-values.ts';
import type { Trainer } from './trainers/trainer.ts';
import { type ImbalanceOptions, trainingRows } from './training-rows.ts';

/** How good a model of so many training rows is on the same validation rows. */
export interface LearningPoint extends RoundScores {
  /** Before resampling. */
  readonly rows: number;
}

export interface LearningOptions extends Scoring, ImbalanceOptions {
  /** Shares of the training rows, each between 0 and 1. */
  readonly shares: readonly number[];
  /** Of every model: what the first fold's was given. */
  readonly rounds: number;
  readonly signal: AbortSignal;
}

/**
 * Models of parts of the rows outside the first fold, all judged on that fold: whether more clients would help. The parts are nested, so
 * that a step up adds rows and changes none. Shares that leave a class out are skipped, and so
 * are those with a single default where rows are resampled: SMOTE needs two.
 */
export async function learningCurve(trainer: Trainer, data: TrainingData, options: LearningOptions): Promise<readonly LearningPoint[]> {
  const { inside, outside } = foldRows(data.fold, foldNumbers(data.fold)[0] ?? 0);
  const validTarget = selectValues(data.target, inside);
  const fewest = (options.resampling ?? null) === null ? 1 : 2;
  const points: LearningPoint[] = [];
  for (const share of options.shares.toSorted((left, right) => left - right)) {
    const rows = nestedPart(outside, share);
    const label = selectValues(data.target, rows);
    const positives = label.reduce((sum, value) => sum + value, 0);
    if (positives < fewest || positives === label.length) continue;
    const { train, oddsFactor } = trainingRows({ matrix: data.features, rows, label }, options);
    using learner = await trainer.start(train, { matrix: data.features, rows: inside });
    for (let round = 1; round <= options.rounds; round++) {
      await learner.train(round);
      await setImmediate();
      options.signal.throwIfAborted();
    }
    points.push({ rows: rows.length, ...scoreMargins(validTarget, learner.validMargin(), { ...options, positiveWeight: oddsFactor }) });
  }
  return points;
}

/** Fractional parts of multiples of the golden ratio fill 0 to 1 evenly, however many are taken. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** An evenly spread part of the rows; a smaller share gives a part of this one. */
function nestedPart(rows: Uint32Array, share: number): Uint32Array {
  return rows.filter((_, at) => (at * GOLDEN) % 1 < share);
}
