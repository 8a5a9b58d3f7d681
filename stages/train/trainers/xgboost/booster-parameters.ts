import type { BoosterParams } from '../../../../pipeline/index.ts';
import type { CatalogueEntry } from '../../../features/catalogue.ts';
import type { TrainParams } from '../../params.ts';
import { monotoneSigns } from '../monotone-signs.ts';

export type BoostingParams = Pick<
  TrainParams,
  'eta' | 'maxDepth' | 'minChildWeight' | 'subsample' | 'colsample' | 'lambda' | 'alpha' | 'maxBin' | 'monotone' | 'seed'
>;

/** In a small book, the most that a leaf may be asked to hold: a share of the whole book's weight. */
const LARGEST_LEAF_SHARE = 0.1;

/**
 * What a leaf must hold (`min_child_weight`, a sum of hessians): as asked, but no more than a tenth of what the whole book
 * holds before the first round, rows × p × (1 − p) at the base rate p. Above some 3,000 clients the cap does not bind.
 */
export function leafWeight(asked: number, target: ArrayLike<number>): number {
  const rows = target.length;
  const rate = Array.from(target).reduce((sum, value) => sum + value, 0) / rows;
  return Math.min(asked, Math.round(rows * rate * (1 - rate) * LARGEST_LEAF_SHARE * 100) / 100);
}

export interface BookFacts {
  /** Of all development rows. */
  readonly target: ArrayLike<number>;
  readonly columns: readonly Pick<CatalogueEntry, 'direction' | 'levels'>[];
}

/** The stage's params in XGBoost's words. `seed_per_iteration` makes a round's sampling depend on the seed and the round alone, not on other boosters in the process. */
export function boosterParameters(params: BoostingParams, { target, columns }: BookFacts): BoosterParams {
  return {
    objective: 'binary:logistic',
    tree_method: 'hist',
    eta: params.eta,
    max_depth: params.maxDepth,
    min_child_weight: leafWeight(params.minChildWeight, target),
    subsample: params.subsample,
    colsample_bytree: params.colsample,
    lambda: params.lambda,
    alpha: params.alpha,
    max_bin: params.maxBin,
    ...(params.monotone ? { monotone_constraints: `(${monotoneSigns(columns).join(',')})` } : {}),
    seed: params.seed,
    seed_per_iteration: 1,
  };
}
