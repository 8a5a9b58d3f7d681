import { type BoosterParams, openXgboost } from '../../../../pipeline/index.ts';
import type { TrainParams } from '../../params.ts';
import { monotoneSigns } from '../monotone-signs.ts';
import type { Trainer, TrainerSetup } from '../trainer.ts';
import { type BookFacts, leafWeight } from '../xgboost/booster-parameters.ts';
import { boosterStarter } from '../xgboost/start-booster.ts';

/** A random forest: XGBoost with one round of many trees, each on its own rows, each split on its own columns. */
export function openForestTrainer({ params, columns, target, threads, projectDir }: TrainerSetup): Trainer {
  const xgb = openXgboost({ projectDir, threads });
  const parameters = forestParameters(params, { target, columns });
  return {
    library: 'xgboost',
    libraryVersion: xgb.version,
    format: 'xgboost-ubj',
    maxRounds: 1,
    parameters,
    advice: ({ constant }) =>
      constant
        ? `no tree makes a split, everybody gets the same probability: nothing tells the defaults in ${target.length} rows apart; lower params.train.forest.minChildWeight or lambda, or look at the features`
        : null,
    start: boosterStarter(xgb, { parameters, columns }),
  };
}

/** As XGBoost's documentation sets a forest up: all trees in one round, whose step is 1. */
function forestParameters(params: Pick<TrainParams, 'forest' | 'monotone' | 'seed'>, { target, columns }: BookFacts): BoosterParams {
  const own = params.forest;
  return {
    objective: 'binary:logistic',
    tree_method: 'hist',
    num_parallel_tree: own.trees,
    eta: 1,
    max_depth: own.maxDepth,
    min_child_weight: leafWeight(own.minChildWeight, target),
    subsample: own.subsample,
    colsample_bynode: own.colsample,
    lambda: own.lambda,
    max_bin: own.maxBin,
    ...(params.monotone ? { monotone_constraints: `(${monotoneSigns(columns).join(',')})` } : {}),
    seed: params.seed,
    seed_per_iteration: 1,
  };
}
