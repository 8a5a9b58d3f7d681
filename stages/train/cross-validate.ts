import { setImmediate } from 'node:timers/promises';
import { SluiceError } from '../../pipeline/index.ts';
import { BestRound } from './best-round.ts';
import { foldNumbers } from './development.ts';
import { type FoldLearner, startFold, type TrainingData } from './fold-learner.ts';
import { lossOf, type RoundScores, scoreMargins, type Scoring, type StopMetric } from './round-scores.ts';
import type { Trainer } from './trainers/trainer.ts';
import type { ImbalanceOptions } from './training-rows.ts';

/** Training rows are four times those of validation and change slowly: they are scored every so many rounds. */
const TRAIN_SCORES_EVERY = 10;

export interface CrossValidationOptions extends Scoring, ImbalanceOptions {
  readonly patience: number;
  /** What chooses the rounds; log-loss where absent. */
  readonly stopOn?: StopMetric;
  readonly signal: AbortSignal;
  readonly onRound?: (round: number, scores: readonly FoldRound[]) => void;
}

export interface FoldRound {
  readonly fold: number;
  readonly valid: RoundScores;
  /** Every tenth round; each one where there are fewer than ten. */
  readonly train: RoundScores | null;
}

export interface FoldOutcome extends RoundScores {
  readonly fold: number;
  readonly rows: number;
  readonly positives: number;
  /** Whose predictions are kept; chosen on the other folds. */
  readonly rounds: number;
}

export interface CrossValidation {
  readonly folds: readonly FoldOutcome[];
  /** Best on the mean loss of all folds: for the model of all rows. */
  readonly bestRound: number;
  /** One a row of the data. */
  readonly margin: Float32Array;
  readonly probability: Float32Array;
  /** By how much training multiplied the odds of default: a mean over the folds, which resampling may make differ a little. */
  readonly oddsFactor: number;
}

/**
 * Out-of-fold predictions. The folds are trained side by side, round by round; for each fold the round whose predictions are
 * kept is the one where the mean validation loss (`stopOn`) of the *other* folds is least (found with `patience`), so that no row's
 * prediction uses a round that was chosen on it.
 */
export async function crossValidate(trainer: Trainer, data: TrainingData, options: CrossValidationOptions): Promise<CrossValidation> {
  const folds: FoldLearner[] = [];
  try {
    for (const fold of foldNumbers(data.fold)) folds.push(await startFold(trainer, data, fold, options));
    const choice = await trainRounds(trainer, folds, options);
    return gatherPredictions(folds, choice, options);
  } finally {
    for (const { learner } of folds) learner[Symbol.dispose]();
  }
}

function gatherPredictions(folds: readonly FoldLearner[], choice: RoundChoice, scoring: Scoring): CrossValidation {
  const total = folds.reduce((sum, { rows }) => sum + rows.length, 0);
  const [margin, probability] = [new Float32Array(total), new Float32Array(total)];
  const outcomes = folds.map(({ fold, rows, validTarget, kept, oddsFactor }, index): FoldOutcome => {
    if (kept === null) throw notFinite(fold);
    rows.forEach((row, at) => {
      margin[row] = kept.margin[at] ?? Number.NaN;
      probability[row] = kept.probability[at] ?? Number.NaN;
    });
    const positives = validTarget.reduce((sum, value) => sum + value, 0);
    const rounds = choice.others[index]?.round ?? 0;
    return {
      fold,
      rows: rows.length,
      positives,
      rounds,
      ...scoreMargins(validTarget, kept.margin, { ...scoring, positiveWeight: oddsFactor }),
    };
  });
  const oddsFactor = mean(folds.map((fold) => fold.oddsFactor));
  return { folds: outcomes, bestRound: choice.all.round, margin, probability, oddsFactor };
}

function notFinite(fold: number): SluiceError {
  return new SluiceError('STAGE_FAILED', `the predictions for fold ${fold} are not numbers: training diverged from its first round on`, {
    hint: 'Lower the step (params.train.eta, or the trainer’s own), or look for extreme values in the features.',
  });
}

interface RoundChoice {
  readonly all: BestRound;
  /** The entry of a fold has seen the other folds only. */
  readonly others: readonly BestRound[];
}

async function trainRounds(trainer: Trainer, folds: readonly FoldLearner[], options: CrossValidationOptions): Promise<RoundChoice> {
  const patience = Math.min(options.patience, trainer.patience ?? options.patience);
  const choice = { all: new BestRound(patience), others: folds.map(() => new BestRound(patience)) };
  const scoreTraining = trainer.maxRounds < TRAIN_SCORES_EVERY ? 1 : TRAIN_SCORES_EVERY;
  for (let round = 1; round <= trainer.maxRounds; round++) {
    const scores: FoldRound[] = [];
    for (const fold of folds) scores.push(await trainRound(fold, round, { scoring: options, withTraining: round % scoreTraining === 0 }));
    const losses = scores.map(({ valid }) => lossOf(valid, options.stopOn ?? 'log_loss'));
    choice.all.offer(round, mean(losses));
    folds.forEach((fold, index) => {
      const improved = choice.others[index]?.offer(round, mean(losses.filter((_, other) => other !== index)));
      if (improved === true) fold.kept = fold.learner.valid();
    });
    options.onRound?.(round, scores);
    if (choice.all.done && choice.others.every((best) => best.done)) break;
    // Lets a cancellation in: a library blocks the event loop while it trains.
    await setImmediate();
    options.signal.throwIfAborted();
  }
  return choice;
}

async function trainRound(
  { fold, learner, validTarget, trainTarget, oddsFactor }: FoldLearner,
  round: number,
  { scoring, withTraining }: { readonly scoring: Scoring; readonly withTraining: boolean },
): Promise<FoldRound> {
  await learner.train(round);
  const train = withTraining ? scoreMargins(trainTarget, learner.trainMargin(), scoring) : null;
  return { fold, valid: scoreMargins(validTarget, learner.validMargin(), { ...scoring, positiveWeight: oddsFactor }), train };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
