import { setImmediate } from 'node:timers/promises';
import type { BoosterParams, Xgboost } from '../../pipeline/index.ts';
import { type TrainingData, trainingMatrix } from './fold-trainer.ts';

export interface FinalModelOptions {
  readonly parameters: BoosterParams;
  readonly positiveWeight: number;
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly onRound?: (round: number) => void;
}

/** Trains on all rows for a fixed number of rounds and saves the model. */
export async function saveFinalModel(xgb: Xgboost, data: TrainingData, path: string, options: FinalModelOptions): Promise<void> {
  using train = trainingMatrix(xgb, data.features, data.target, options);
  using booster = xgb.booster(options.parameters, [train]);
  for (let round = 1; round <= options.rounds; round++) {
    booster.update(round - 1, train);
    options.onRound?.(round);
    await setImmediate();
    options.signal.throwIfAborted();
  }
  booster.save(path);
}
