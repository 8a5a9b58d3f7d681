import { setImmediate } from 'node:timers/promises';
import type { BoosterParams, Xgboost } from '../../pipeline/index.ts';
import { BestRound } from './best-round.ts';
import { foldNumbers } from './development.ts';
import { FoldTrainer, type TrainingData } from './fold-trainer.ts';
import { type RoundScores, scoreMargins, type Scoring } from './round-scores.ts';

/** Training rows are four times those of validation and change slowly: they are scored every so many rounds. */
const TRAIN_SCORES_EVERY = 10;

export interface CrossValidationOptions extends Scoring {
  readonly parameters: BoosterParams;
  readonly rounds: number;
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly onRound?: (round: number, scores: readonly FoldRound[]) => void;
}

export interface FoldRound {
  readonly fold: number;
  readonly valid: RoundScores;
  /** Every tenth round. */
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
  /** Best on the mean log-loss of all folds: for the model of all rows. */
  readonly bestRound: number;
  /** One a row of the data. */
  readonly margin: Float32Array;
  readonly probability: Float32Array;
}

/**
 * Out-of-fold predictions. The folds are trained side by side, round by round; for each fold the round whose predictions are
 * kept is the one where the mean validation log-loss of the *other* folds is least (found with `patience`), so that no row's
 * prediction uses a round that was chosen on it.
 */
export async function crossValidate(xgb: Xgboost, data: TrainingData, options: CrossValidationOptions): Promise<CrossValidation> {
  const trainers: FoldTrainer[] = [];
  try {
    for (const fold of foldNumbers(data.fold)) trainers.push(new FoldTrainer(xgb, data, fold, options));
    const choice = await trainRounds(trainers, options);
    return keepPredictions(trainers, choice, options);
  } finally {
    for (const trainer of trainers) trainer[Symbol.dispose]();
  }
}

function keepPredictions(trainers: readonly FoldTrainer[], choice: RoundChoice, scoring: Scoring): CrossValidation {
  const total = trainers.reduce((sum, trainer) => sum + trainer.rows.length, 0);
  const [margin, probability] = [new Float32Array(total), new Float32Array(total)];
  const folds = trainers.map((trainer, index): FoldOutcome => {
    const rounds = choice.others[index]?.round ?? 0;
    const [kept, values] = [trainer.predict('margin', rounds), trainer.predict('value', rounds)];
    trainer.rows.forEach((row, at) => {
      margin[row] = kept[at] ?? Number.NaN;
      probability[row] = values[at] ?? Number.NaN;
    });
    const positives = trainer.validTarget.reduce((sum, value) => sum + value, 0);
    return { fold: trainer.fold, rows: trainer.rows.length, positives, rounds, ...scoreMargins(trainer.validTarget, kept, scoring) };
  });
  return { folds, bestRound: choice.all.round, margin, probability };
}

interface RoundChoice {
  readonly all: BestRound;
  /** The entry of a fold has seen the other folds only. */
  readonly others: readonly BestRound[];
}

async function trainRounds(trainers: readonly FoldTrainer[], options: CrossValidationOptions): Promise<RoundChoice> {
  const choice = { all: new BestRound(options.patience), others: trainers.map(() => new BestRound(options.patience)) };
  for (let round = 1; round <= options.rounds; round++) {
    const scores = trainers.map((trainer) => trainRound(trainer, round, options));
    const losses = scores.map(({ valid }) => valid.logLoss);
    choice.all.offer(round, mean(losses));
    choice.others.forEach((best, index) => best.offer(round, mean(losses.filter((_, fold) => fold !== index))));
    options.onRound?.(round, scores);
    if (choice.all.done && choice.others.every((best) => best.done)) break;
    // Lets a cancellation in: the library blocks the event loop while it trains.
    await setImmediate();
    options.signal.throwIfAborted();
  }
  return choice;
}

function trainRound(trainer: FoldTrainer, round: number, scoring: Scoring): FoldRound {
  trainer.train(round);
  const train = round % TRAIN_SCORES_EVERY === 0 ? scoreMargins(trainer.trainTarget, trainer.trainMargin(), scoring) : null;
  return { fold: trainer.fold, valid: scoreMargins(trainer.validTarget, trainer.validMargin(), scoring), train };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
