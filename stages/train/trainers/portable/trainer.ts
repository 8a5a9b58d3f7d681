import { SluiceError } from '../../../../pipeline/index.ts';
import { openMlXgboost } from '../../../scoring/model/open-ml-xgboost.ts';
import type { TrainParams } from '../../params.ts';
import type { LabelledRows, Trainer, TrainerSetup } from '../trainer.ts';
import { PortableLearner } from './portable-learner.ts';

/** Of ml-xgboost, whose package does not tell. */
const LIBRARY_VERSION = '1.1.2';

/**
 * Values (rows × columns) of one training set. The library copies them onto WebAssembly's stack of 5 MiB and crashes beyond with
 * "offset is out of bounds" or "memory access out of bounds" (4.8 MB went well, 8 MB did not).
 */
const MOST_VALUES = 1_000_000;

/** Gradient boosting without a native library: XGBoost in WebAssembly, for small data. */
export async function openPortableTrainer({ params }: TrainerSetup): Promise<Trainer> {
  const library = await openMlXgboost();
  const parameters = portableParameters(params);
  return {
    library: 'ml-xgboost',
    libraryVersion: LIBRARY_VERSION,
    format: 'ml-xgboost-json',
    maxRounds: 1,
    parameters,
    start: (train, valid) => {
      refuseLarge(train);
      return new PortableLearner(library, { parameters, train, valid });
    },
  };
}

function refuseLarge({ rows, matrix }: LabelledRows): void {
  const width = matrix.columns.length;
  if (rows.length * width <= MOST_VALUES) return;
  throw new SluiceError(
    'DATA_TOO_LARGE',
    `the portable trainer takes at most ${MOST_VALUES.toLocaleString('en')} values; ${rows.length} rows × ${width} columns are ${(rows.length * width).toLocaleString('en')}`,
    { hint: 'Use the native library: params.train.trainer: xgboost (the default), or lightgbm.' },
  );
}

function portableParameters({ portable: own, seed }: Pick<TrainParams, 'portable' | 'seed'>): Readonly<Record<string, string | number>> {
  return {
    objective: 'binary:logitraw',
    iterations: own.rounds,
    eta: own.eta,
    max_depth: own.maxDepth,
    min_child_weight: own.minChildWeight,
    subsample: own.subsample,
    colsample_bytree: own.colsample,
    lambda: own.lambda,
    seed,
  };
}
