import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Booster, BoosterParams, FloatMatrix, Xgboost } from '../../../pipeline/index.ts';
import type { FamilyEncoder, FittedFamilyWork } from '../family-encoder.ts';
import clientsSql from '../sql/term_clients.sql';
import columnsSql from '../sql/term_columns.sql';
import idsSql from '../sql/term_ids.sql';
import rowsSql from '../sql/term_rows.sql';

const FILE = 'predicted_term.ubj';
const ROUNDS = 100;
const MAX_BIN = 256;
/** Fewer earlier loans than this say nothing. */
const LEAST_LOANS = 200;

/** Instalments that earlier loans of such an amount and instalment had. No label of a client has a part in it. */
const params: BoosterParams = {
  objective: 'reg:squarederror',
  tree_method: 'hist',
  // Given, not estimated: an estimate is a sum over threads.
  base_score: 16,
  eta: 0.1,
  max_depth: 5,
  min_child_weight: 20,
  max_bin: MAX_BIN,
};

/** The number of instalments of the loan asked for, as earlier loans had it, and the interest that follows from it. */
export const predictedTerm: FittedFamilyWork = {
  prepare: [],
  fitReads: [rowsSql],
  fit: async ({ db, stateDir, xgboost, signal }) => {
    const { features, label } = withoutLast(await db.matrix(rowsSql));
    if (features.rows < LEAST_LOANS) return;
    using train = xgboost.quantileMatrix(features, { label, maxBin: MAX_BIN });
    using booster = xgboost.booster(params, [train]);
    for (let round = 0; round < ROUNDS; round++) {
      booster.update(round, train);
      signal.throwIfAborted();
    }
    booster.save(join(stateDir, FILE));
  },
  open: async ({ stateDir, xgboost }) =>
    encoder(xgboost, existsSync(join(stateDir, FILE)) ? xgboost.loadModel(join(stateDir, FILE)) : null),
};

function encoder(xgboost: Xgboost, model: Booster | null): FamilyEncoder {
  return {
    encode: async (db) => {
      const loans = await db.matrix(clientsSql);
      const known = model !== null && loans.rows > 0;
      const payments = known ? predict(xgboost, model, loans) : new Float32Array(0);
      const ids = known ? await db.column(idsSql) : new Float64Array(0);
      await db.createTable('predicted_payments', {
        SK_ID_CURR: { type: 'INTEGER', values: ids },
        payments: { type: 'DOUBLE', values: payments },
      });
      await db.run(columnsSql);
    },
    [Symbol.dispose]: () => model?.free(),
  };
}

function predict(xgboost: Xgboost, model: Booster, loans: FloatMatrix): Float32Array {
  using matrix = xgboost.matrix(loans);
  return model.predict(matrix, { type: 'value' });
}

/** The last column is what is to be learnt. */
function withoutLast({ rows, columns, data }: FloatMatrix): { readonly features: FloatMatrix; readonly label: Float32Array } {
  const width = columns.length - 1;
  const [values, label] = [new Float32Array(rows * width), new Float32Array(rows)];
  for (let row = 0; row < rows; row++) {
    const start = row * columns.length;
    values.set(data.subarray(start, start + width), row * width);
    label[row] = data[start + width] ?? Number.NaN;
  }
  return { features: { rows, columns: columns.slice(0, width), data: values }, label };
}
