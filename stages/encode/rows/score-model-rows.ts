import type { Booster, Xgboost } from '../../../pipeline/index.ts';
import type { EncodeDb } from '../family-encoder.ts';
import type { ModelRows, RowKeys, Which } from './model-rows.ts';

export interface FoldModels {
  readonly xgboost: Xgboost;
  /** By fold, ascending. The model of a fold has seen the rows of all clients but those of the fold. */
  readonly models: ReadonlyMap<number, Booster>;
}

/** Makes the table `row_scores` (SK_ID_CURR, recency, decided, score): development rows by their own fold's model, others by the mean of all. */
export async function scoreModelRows(db: EncodeDb, rows: ModelRows, { xgboost, models }: FoldModels): Promise<void> {
  const parts: Scored[] = [];
  for (const [fold, model] of models) parts.push(await score(rows, { xgboost, which: { inside: fold }, models: [model] }));
  parts.push(await score(rows, { xgboost, which: 'unseen', models: [...models.values()] }));
  await db.createTable('row_scores', {
    SK_ID_CURR: { type: 'INTEGER', values: together(parts.map(({ id }) => id)) },
    recency: { type: 'INTEGER', values: together(parts.map(({ recency }) => recency)) },
    decided: { type: 'INTEGER', values: together(parts.map(({ decided }) => decided)) },
    score: { type: 'DOUBLE', values: together(parts.map(({ mean }) => mean)) },
  });
}

interface Scored extends RowKeys {
  /** Probability of default, the mean of the models. */
  readonly mean: Float64Array;
}

async function score(
  rows: ModelRows,
  { xgboost, which, models }: { readonly xgboost: Xgboost; readonly which: Which; readonly models: readonly Booster[] },
): Promise<Scored> {
  const none = new Float64Array(0);
  if (models.length === 0) return { id: none, recency: none, decided: none, mean: none };
  const keys = await rows.keys(which);
  const mean = new Float64Array(keys.id.length);
  if (mean.length === 0) return { ...keys, mean };
  using matrix = xgboost.matrix(await rows.matrix(which, mean.length));
  for (const model of models) {
    const scores = model.predict(matrix, { type: 'value' });
    for (let row = 0; row < mean.length; row++) mean[row] = (mean[row] ?? 0) + (scores[row] ?? Number.NaN) / models.length;
  }
  return { ...keys, mean };
}

function together(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
