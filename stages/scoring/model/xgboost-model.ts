import { type Booster, type FloatMatrix, openXgboost, type Xgboost } from '../../../pipeline/index.ts';
import type { FittedModel, Prediction } from './fitted-model.ts';
import { inBatches } from './in-batches.ts';
import type { ModelFile } from './load-fitted-model.ts';

/** A booster of libxgboost: gradient boosting or a forest. */
export function loadXgboostModel({ path, options }: ModelFile): FittedModel {
  const xgboost = openXgboost({ threads: options.threads, projectDir: options.projectDir });
  return boosterModel(xgboost, xgboost.loadModel(path, options.sha256));
}

/** Takes the booster over. */
export function boosterModel(xgboost: Xgboost, booster: Booster): FittedModel {
  return {
    features: booster.featureNames,
    predict: (matrix) => predict(xgboost, booster, matrix),
    probability: (matrix) => booster.predictInPlace(matrix),
    explainer: {
      kind: 'exact',
      method: 'tree-shap',
      contributions: (matrix) =>
        inBatches(matrix, matrix.columns.length + 1, (batch) => {
          using rows = xgboost.matrix(batch);
          return booster.predict(rows, { type: 'contributions' });
        }),
    },
    [Symbol.dispose]: () => booster.free(),
  };
}

function predict(xgboost: Xgboost, booster: Booster, matrix: FloatMatrix): Prediction {
  const probability = new Float32Array(matrix.rows);
  let at = 0;
  const margin = inBatches(matrix, 1, (batch) => {
    using rows = xgboost.matrix(batch);
    probability.set(booster.predict(rows, { type: 'value' }), at);
    at += batch.rows;
    return booster.predict(rows, { type: 'margin' });
  });
  return { margin, probability };
}
