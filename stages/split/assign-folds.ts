import type { DuckDb } from '../../pipeline/index.ts';
import assign from './sql/assign.sql';

/** How to deal: see the parameters of the stage. */
export interface Deal {
  readonly folds: number;
  /** Share of each class that is set aside; at least one client of it. */
  readonly holdoutShare: number;
  readonly seed: number;
  /** Of the deal into folds; the holdout does not depend on it. */
  readonly foldSeed: number;
}

/** Makes the table `folds` (SK_ID_CURR, fold; −1 is the holdout) of the labelled rows of the view `features`. */
export async function assignFolds(db: DuckDb, deal: Deal): Promise<void> {
  await db.run(`create or replace table folds as ${assign}`, { ...deal });
}
