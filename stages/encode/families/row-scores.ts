import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Booster, Xgboost } from '../../../pipeline/index.ts';
import type { FamilyEncoder, FittedFamilyWork } from '../family-encoder.ts';
import { ModelRows } from '../rows/model-rows.ts';
import { scoreModelRows } from '../rows/score-model-rows.ts';
import { trainFolds } from '../rows/train-folds.ts';
import bureauRowsSql from '../sql/bureau_rows.sql';
import bureauScoresSql from '../sql/bureau_scores.sql';
import previousRowsSql from '../sql/previous_rows.sql';
import previousScoresSql from '../sql/previous_scores.sql';
import statisticsSql from '../sql/score_statistics.sql';

interface RowTable {
  /** What its files begin with; its rows are in `<name>_model_rows`. */
  readonly name: 'previous' | 'bureau';
  readonly makeRows: string;
  /** Makes the family's columns of `score_statistics`. */
  readonly nameColumns: string;
}

export const previousScores = rowScores({ name: 'previous', makeRows: previousRowsSql, nameColumns: previousScoresSql });
export const bureauScores = rowScores({ name: 'bureau', makeRows: bureauRowsSql, nameColumns: bureauScoresSql });

/**
 * Models of the rows of a raw table, each row with its client's TARGET, and what they say of a client's rows together. There is a
 * model a fold, and the rows of the fold's own clients are not in what it learns from.
 */
function rowScores(table: RowTable): FittedFamilyWork {
  return {
    prepare: [table.makeRows],
    fit: (context) => trainFolds(context, new ModelRows(context.db, `${table.name}_model_rows`), table.name),
    open: async ({ stateDir, xgboost }) => {
      const files = (await readdir(stateDir)).filter((file) => file.startsWith(`${table.name}-`)).toSorted();
      return encoder(table, xgboost, new Map(files.map((file) => [foldOf(file), xgboost.loadModel(join(stateDir, file))])));
    },
  };
}

function encoder({ name, nameColumns }: RowTable, xgboost: Xgboost, models: ReadonlyMap<number, Booster>): FamilyEncoder {
  return {
    encode: async (db) => {
      await scoreModelRows(db, new ModelRows(db, `${name}_model_rows`), { xgboost, models });
      await db.run(statisticsSql);
      await db.run(nameColumns);
    },
    [Symbol.dispose]: () => {
      for (const model of models.values()) model.free();
    },
  };
}

/** Of a file name such as `previous-3.ubj`. */
const foldOf = (file: string): number => Number(/-(\d+)\./.exec(file)?.[1]);
