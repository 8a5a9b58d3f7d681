import { assertNever } from '../../../pipeline/index.ts';
import type { Trainer, TrainerSetup } from './trainer.ts';

/** The trainer that `params.train.trainer` names; only its code is loaded. */
export async function openTrainer(setup: TrainerSetup): Promise<Trainer> {
  const name = setup.params.trainer;
  switch (name) {
    case 'xgboost':
      return (await import('./xgboost/trainer.ts')).openXgboostTrainer(setup);
    case 'lightgbm':
      return (await import('./lightgbm/trainer.ts')).openLightgbmTrainer(setup);
    case 'logistic':
      return (await import('./logistic/trainer.ts')).openLogisticTrainer(setup);
    case 'forest':
      return (await import('./forest/trainer.ts')).openForestTrainer(setup);
    case 'portable':
      return (await import('./portable/trainer.ts')).openPortableTrainer(setup);
    case 'scorecard':
      return (await import('./scorecard/trainer.ts')).openScorecardTrainer(setup);
    case 'mlp':
      return (await import('./mlp/trainer.ts')).openMlpTrainer(setup);
    case 'dummy':
      return (await import('./dummy/trainer.ts')).openDummyTrainer();
    default:
      return assertNever(name);
  }
}
