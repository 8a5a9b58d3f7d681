import { setImmediate } from 'node:timers/promises';
import type { TrainingData } from './fold-learner.ts';
import { wholeView } from './row-view.ts';
import type { Trainer } from './trainers/trainer.ts';
import { type ImbalanceOptions, trainingRows } from './training-rows.ts';

export interface FinalModelOptions extends ImbalanceOptions {
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly onRound?: (round: number) => void;
}

/** Trains on all rows for a fixed number of rounds. @returns the model's bytes */
export async function trainFinalModel(trainer: Trainer, data: TrainingData, options: FinalModelOptions): Promise<Uint8Array> {
  const { train } = trainingRows({ ...wholeView(data.features), label: data.target }, options);
  using learner = await trainer.start(train, null);
  for (let round = 1; round <= options.rounds; round++) {
    await learner.train(round);
    options.onRound?.(round);
    await setImmediate();
    options.signal.throwIfAborted();
  }
  return learner.save();
}
