import type { BoosterParams, Xgboost } from '../../../../pipeline/index.ts';
import type { CatalogueEntry } from '../../../features/catalogue.ts';
import { categoricalColumns } from '../categorical-columns.ts';
import type { Trainer } from '../trainer.ts';
import { BoosterLearner } from './booster-learner.ts';
import { BinsLender } from './shared-bins.ts';
import { SharedLearner } from './shared-learner.ts';

export interface StartOptions {
  readonly parameters: BoosterParams;
  readonly columns: readonly CatalogueEntry[];
  /** Values from which on the folds of a book share their bins; see {@link BinsLender}. */
  readonly large?: number | undefined;
}

/** Starts boosters with these parameters: on bins of their own, or on those of the whole book where it is large. */
export function boosterStarter(xgb: Xgboost, { parameters, columns, large }: StartOptions): Trainer['start'] {
  const lender = new BinsLender(xgb, large);
  const categorical = categoricalColumns(columns);
  return (train, valid) => {
    const rows = { train, valid, categorical };
    const bins = lender.lend(rows, Number(parameters['max_bin']));
    return bins === null ? new BoosterLearner(xgb, parameters, rows) : new SharedLearner(xgb, parameters, { ...rows, bins });
  };
}
