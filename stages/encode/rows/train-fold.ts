import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FitContext } from '../family-encoder.ts';
import type { ModelRows } from './model-rows.ts';
import { ROW_BINS, rowModelParams } from './row-model-params.ts';

/** With fewer defaults, or fewer loans repaid, among the rows there is nothing to learn. */
const LEAST_OF_A_CLASS = 20;

/** Learns from the rows of the other folds' clients and writes `<name>-<fold>.ubj`; no file where there is too little to learn from. */
export async function trainFold(
  context: FitContext,
  rows: ModelRows,
  { name, fold }: { readonly name: string; readonly fold: number },
): Promise<void> {
  const { xgboost, stateDir, rounds, seed, signal } = context;
  const label = await rows.labels({ outside: fold });
  const defaults = label.reduce((sum, value) => sum + value, 0);
  if (Math.min(defaults, label.length - defaults) < LEAST_OF_A_CLASS) return;
  using train = xgboost.quantileMatrix(await rows.matrix({ outside: fold }), { label, maxBin: ROW_BINS });
  using booster = xgboost.booster(rowModelParams(defaults / label.length, seed), [train]);
  for (let round = 0; round < rounds; round++) {
    booster.update(round, train);
    await setImmediate();
    signal.throwIfAborted();
  }
  booster.save(join(stateDir, `${name}-${fold}.ubj`));
}
