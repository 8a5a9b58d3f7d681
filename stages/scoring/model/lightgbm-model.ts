import { lightgbmNames, openLightgbm, type RowView, type TreeBooster, wholeView } from '../../../pipeline/index.ts';
import type { FittedModel, Prediction } from './fitted-model.ts';
import { inBatches } from './in-batches.ts';
import { checkColumns } from './json-model.ts';
import type { ModelFile } from './load-fitted-model.ts';

/** A booster of lib_lightgbm. Its file holds names as the library can hold them; where they are the summary's so written, the summary's stand. */
export function loadLightgbmModel({ path, options }: ModelFile): FittedModel {
  const lightgbm = openLightgbm({ threads: options.threads, projectDir: options.projectDir });
  const booster = lightgbm.loadModel(path, options.sha256);
  const { features } = options.summary;
  const held = lightgbmNames(features);
  const names = held.length === booster.featureNames.length && held.every((name, at) => name === booster.featureNames[at]);
  return lightgbmModel(booster, names ? features : booster.featureNames);
}

/** Takes the booster over. */
export function lightgbmModel(booster: TreeBooster, features: readonly string[]): FittedModel {
  return {
    features,
    predict: (matrix) => {
      checkColumns(features, matrix);
      return lightgbmPrediction(booster, wholeView(matrix));
    },
    probability: (matrix) => {
      checkColumns(features, matrix);
      return Float32Array.from(booster.predict(wholeView(matrix), { type: 'value' }));
    },
    explainer: {
      kind: 'exact',
      method: 'tree-shap',
      contributions: (matrix) => {
        checkColumns(features, matrix);
        return inBatches(matrix, features.length + 1, (batch) => booster.predict(wholeView(batch), { type: 'contributions' }));
      },
    },
    [Symbol.dispose]: () => booster.free(),
  };
}

/** @param rounds use the first so many; all when left out */
export function lightgbmPrediction(booster: TreeBooster, view: RowView, rounds = -1): Prediction {
  return {
    margin: Float32Array.from(booster.predict(view, { type: 'margin', count: rounds })),
    probability: Float32Array.from(booster.predict(view, { type: 'value', count: rounds })),
  };
}
