import type { BoosterParams } from '../../../pipeline/index.ts';

/** Bins a column. */
export const ROW_BINS = 64;

/** Shallow trees that ask much of a leaf: rows of a client share a label, so there are fewer cases than rows (after NoxMoon's notebooks). */
export function rowModelParams(baseRate: number, seed: number): BoosterParams {
  return {
    objective: 'binary:logistic',
    tree_method: 'hist',
    // Given, not estimated: an estimate is a sum over threads.
    base_score: baseRate,
    eta: 0.1,
    max_depth: 5,
    min_child_weight: 40,
    subsample: 0.8,
    colsample_bytree: 0.5,
    lambda: 4,
    alpha: 5,
    max_bin: ROW_BINS,
    seed,
    seed_per_iteration: 1,
  };
}
