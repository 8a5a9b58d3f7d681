/** A model file is one of these. The summary beside it says which; what a format is, its loader in this folder knows. */
export const MODEL_FORMATS = [
  'xgboost-ubj',
  'lightgbm-text',
  'ml-xgboost-json',
  'logistic-json',
  'scorecard-json',
  'mlp-json',
  'dummy-json',
] as const;
export type ModelFormat = (typeof MODEL_FORMATS)[number];

/** Name of the model's file where it stands by itself, such as in MLflow: `model` and this. */
export const FORMAT_EXTENSIONS: Readonly<Record<ModelFormat, string>> = {
  'xgboost-ubj': '.ubj',
  'lightgbm-text': '.txt',
  'ml-xgboost-json': '.json',
  'logistic-json': '.json',
  'scorecard-json': '.json',
  'mlp-json': '.json',
  'dummy-json': '.json',
};
