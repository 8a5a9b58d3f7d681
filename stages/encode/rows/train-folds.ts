import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FitContext } from '../family-encoder.ts';
import type { ModelRows } from './model-rows.ts';
import { ROW_BINS, rowModelParams } from './row-model-params.ts';

/** With fewer defaults, or fewer loans repaid, among the rows there is nothing to learn. */
const LEAST_OF_A_CLASS = 20;

/**
 * Writes `<name>-<fold>.ubj` for each fold, learnt from the rows of the other folds' clients; no file where they are too few. The rows are
 * binned once for all folds, which takes as long as training does: a fold's own rows have weight 0, hence neither gradient nor hessian.
 */
export async function trainFolds({ xgboost, stateDir, rounds, seed, signal }: FitContext, rows: ModelRows, name: string): Promise<void> {
  const { label, fold } = await rows.labels();
  if (label.length === 0) return;
  using train = xgboost.quantileMatrix(await rows.matrix('development', label.length), { label, maxBin: ROW_BINS });
  for (const own of [...new Set(fold)].toSorted((a, b) => a - b)) {
    const weight = Float32Array.from(fold, (number) => (number === own ? 0 : 1));
    const [others, defaults] = [sum(weight), sum(weight.map((counts, row) => counts * (label[row] ?? 0)))];
    if (Math.min(defaults, others - defaults) < LEAST_OF_A_CLASS) continue;
    train.setWeight(weight);
    using booster = xgboost.booster(rowModelParams(defaults / others, seed), [train]);
    for (let round = 0; round < rounds; round++) {
      booster.update(round, train);
      await setImmediate();
      signal.throwIfAborted();
    }
    booster.save(join(stateDir, `${name}-${own}.ubj`));
  }
}

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
