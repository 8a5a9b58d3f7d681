import type { NativeUse } from '../../pipeline/index.ts';
import type { TRAINERS } from './params.ts';

type Library = 'xgboost' | 'lightgbm';

/** The native libraries that a trainer, and what loads its model, calls. */
const LIBRARIES: Readonly<Record<(typeof TRAINERS)[number], readonly Library[]>> = {
  xgboost: ['xgboost'],
  forest: ['xgboost'],
  lightgbm: ['lightgbm'],
  logistic: [],
  scorecard: [],
  mlp: [],
  portable: [],
  dummy: [],
};

/** For `native` of stages that train or load this run's model: the library counts only where the config's trainer uses it. */
export function ofTrainer(library: Library): NativeUse {
  return { library, when: (config) => librariesOf(config).includes(library) };
}

/** Both, where the config names no trainer that is known. */
function librariesOf(config: Readonly<Record<string, unknown>>): readonly string[] {
  const trainer = field(field(config['params'], 'train'), 'trainer');
  const found = Object.entries(LIBRARIES).find(([name]) => name === trainer);
  return found?.[1] ?? ['xgboost', 'lightgbm'];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
