import { openLightgbm } from '../../../../pipeline/index.ts';
import type { Trainer, TrainerSetup } from '../trainer.ts';
import { LightgbmLearner } from './lightgbm-learner.ts';
import { leafRows, lightgbmParameters } from './lightgbm-parameters.ts';

/** Gradient boosting by lib_lightgbm: trees that grow leaf by leaf. */
export function openLightgbmTrainer({ params, columns, target, threads, projectDir }: TrainerSetup): Trainer {
  const lightgbm = openLightgbm({ projectDir, threads });
  const parameters = {
    ...lightgbmParameters({ params, columns }),
    min_data_in_leaf: leafRows(params.lightgbm.minDataInLeaf, target.length),
  };
  return {
    library: 'lightgbm',
    libraryVersion: lightgbm.version,
    format: 'lightgbm-text',
    maxRounds: params.rounds,
    parameters,
    advice: ({ bestRound, constant }) => {
      if (constant) {
        return `no tree makes a split, everybody gets the same probability: under these params nothing tells the defaults in ${target.length} rows apart; lower params.train.lightgbm.minDataInLeaf, alpha or lambda, or look at the features`;
      }
      if (bestRound < params.rounds) return null;
      return `the best round is the last one allowed, ${params.rounds}: more rounds may do better; raise params.train.rounds or params.train.lightgbm.learningRate`;
    },
    start: (train, valid) => new LightgbmLearner(lightgbm, { parameters, train, valid }),
  };
}
