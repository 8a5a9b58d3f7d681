import type { BoosterParams } from '../../pipeline/index.ts';

export interface TrainingParams {
  readonly eta: number;
  readonly maxDepth: number;
  readonly minChildWeight: number;
  readonly subsample: number;
  readonly colsample: number;
  readonly lambda: number;
  readonly alpha: number;
  readonly maxBin: number;
  readonly seed: number;
}

/** The stage's params in XGBoost's words. `seed_per_iteration` makes a round's sampling depend on the seed and the round alone, not on other boosters in the process. */
export function boosterParameters(params: TrainingParams): BoosterParams {
  return {
    objective: 'binary:logistic',
    tree_method: 'hist',
    eta: params.eta,
    max_depth: params.maxDepth,
    min_child_weight: params.minChildWeight,
    subsample: params.subsample,
    colsample_bytree: params.colsample,
    lambda: params.lambda,
    alpha: params.alpha,
    max_bin: params.maxBin,
    seed: params.seed,
    seed_per_iteration: 1,
  };
}
