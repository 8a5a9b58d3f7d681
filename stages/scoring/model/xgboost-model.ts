import { type Booster, openXgboost, type Xgboost } from '../../../pipeline/index.ts';
import type { FittedModel } from './fitted-model.ts';
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
    predict: (matrix) => {
      using rows = xgboost.matrix(matrix);
      return { margin: booster.predict(rows, { type: 'margin' }), probability: booster.predict(rows, { type: 'value' }) };
    },
    explainer: {
      kind: 'exact',
      contributions: (matrix) => {
        using rows = xgboost.matrix(matrix);
        return booster.predict(rows, { type: 'contributions' });
      },
    },
    [Symbol.dispose]: () => booster.free(),
  };
}
