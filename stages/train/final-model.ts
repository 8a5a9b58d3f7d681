import { setImmediate } from 'node:timers/promises';
import { rowWeights } from './class-weight.ts';
import type { TrainingData } from './fold-learner.ts';
import { wholeView } from './row-view.ts';
import type { Trainer } from './trainers/trainer.ts';

export interface FinalModelOptions {
  readonly positiveWeight: number;
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly onRound?: (round: number) => void;
}

/** Trains on all rows for a fixed number of rounds. @returns the model's bytes */
export async function trainFinalModel(trainer: Trainer, data: TrainingData, options: FinalModelOptions): Promise<Uint8Array> {
  const weight = rowWeights(data.target, options.positiveWeight);
  using learner = await trainer.start({ ...wholeView(data.features), label: data.target, weight }, null);
  for (let round = 1; round <= options.rounds; round++) {
    await learner.train(round);
    options.onRound?.(round);
    await setImmediate();
    options.signal.throwIfAborted();
  }
  return learner.save();
}
