/**
 * The signature's type of every model input. Features are Float32, but `double` is what lets a plain pandas frame through:
 * MLflow widens float32 to double exactly and takes float64 as it is, while `float` refuses float64 and `long` refuses a
 * missing value. All inputs are required: an absent optional column would pass MLflow and fail inside XGBoost.
 */
const INPUT_TYPE = 'double';

/** What comes back: probabilities as float32. */
const OUTPUT_TYPE = 'float';

export function inputSignature(features: readonly string[]): string {
  return JSON.stringify(features.map((name) => ({ type: INPUT_TYPE, name, required: true })));
}

export function outputSignature(): string {
  return JSON.stringify([{ type: OUTPUT_TYPE, required: true }]);
}

/** What `predict(frame, params={…})` takes, where our loader answers. */
export function paramsSignature(): string {
  return JSON.stringify([{ name: 'calibrated', type: 'boolean', default: false, shape: null }]);
}
