import type { LightgbmParams } from '../../../../pipeline/index.ts';
import type { CatalogueEntry } from '../../../features/catalogue.ts';
import type { TrainParams } from '../../params.ts';
import { monotoneSigns } from '../monotone-signs.ts';

/**
 * The stage's params in LightGBM's words. `deterministic` with a fixed histogram layout gives the same trees on any number of
 * threads; that number is no parameter here, because the model's text would hold it.
 */
export function lightgbmParameters({
  params,
  columns,
}: {
  readonly params: Pick<TrainParams, 'lightgbm' | 'seed' | 'monotone'>;
  readonly columns: readonly Pick<CatalogueEntry, 'direction' | 'levels'>[];
}): LightgbmParams {
  const own = params.lightgbm;
  const categories = [...columns.keys()].filter((at) => columns[at]?.levels !== undefined);
  return {
    objective: 'binary',
    learning_rate: own.learningRate,
    num_leaves: own.numLeaves,
    max_depth: own.maxDepth,
    min_data_in_leaf: own.minDataInLeaf,
    bagging_fraction: own.subsample,
    bagging_freq: own.subsample < 1 ? 1 : 0,
    feature_fraction: own.colsample,
    lambda_l2: own.lambda,
    lambda_l1: own.alpha,
    max_bin: own.maxBin,
    ...(params.monotone ? { monotone_constraints: monotoneSigns(columns).join(',') } : {}),
    ...(categories.length > 0 ? { categorical_feature: categories.join(',') } : {}),
    seed: params.seed,
    deterministic: 'true',
    force_col_wise: 'true',
    verbosity: 0,
  };
}

/** In a small book, the most rows that a leaf may be asked to hold: a share of all. */
const LARGEST_LEAF_SHARE = 0.02;

/** What a leaf must hold: as asked, but no more than a fiftieth of the book. */
export function leafRows(asked: number, rows: number): number {
  return Math.max(1, Math.min(asked, Math.round(rows * LARGEST_LEAF_SHARE)));
}
