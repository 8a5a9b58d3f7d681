import { openXgboost } from '../../../../pipeline/index.ts';
import type { Trainer, TrainerSetup } from '../trainer.ts';
import { boosterParameters } from './booster-parameters.ts';
import { boosterStarter } from './start-booster.ts';

/** Gradient boosting by libxgboost. @param large values from which on the folds of a book share their bins; see {@link boosterStarter} */
export function openXgboostTrainer({ params, columns, target, threads, projectDir }: TrainerSetup, large?: number): Trainer {
  const xgb = openXgboost({ projectDir, threads });
  const parameters = boosterParameters(params, { target, columns });
  return {
    library: 'xgboost',
    libraryVersion: xgb.version,
    format: 'xgboost-ubj',
    maxRounds: params.rounds,
    parameters,
    advice: ({ bestRound, constant }) => {
      if (constant) {
        return `no tree makes a split, everybody gets the same probability: under these params nothing tells the defaults in ${target.length} rows apart; lower params.train.minChildWeight, alpha or lambda, or look at the features`;
      }
      if (bestRound < params.rounds) return null;
      return `the best round is the last one allowed, ${params.rounds}: more rounds may do better; raise params.train.rounds or params.train.eta`;
    },
    start: boosterStarter(xgb, { parameters, columns, large }),
  };
}
