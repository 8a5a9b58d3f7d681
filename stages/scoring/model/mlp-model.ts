import { z } from 'zod';
import type { FloatMatrix } from '../../../pipeline/index.ts';
import type { FittedModel, Prediction } from './fitted-model.ts';
import { checkColumns } from './json-model.ts';
import { linearTerm, termInput } from './linear-terms.ts';
import type { ModelFile } from './load-fitted-model.ts';
import { readSealedModel } from './sealed-model.ts';

const layer = z.strictObject({
  /** Row-major, one row an input and one column an output. */
  weights: z.array(z.number()),
  /** One an output. */
  biases: z.array(z.number()),
});
export type MlpLayer = z.infer<typeof layer>;

export const mlpDocument = z.strictObject({
  format: z.literal('mlp-json'),
  features: z.array(z.string()),
  /** Of TensorFlow.js: what trained it. Scoring needs none. */
  backend: z.enum(['wasm', 'node']),
  /** What goes into the first layer; coefficients are not used. */
  inputs: z.array(linearTerm),
  /** Rectified, but for the last, whose only output is the log-odds. */
  layers: z.array(layer).min(1),
});
export type MlpDocument = z.infer<typeof mlpDocument>;

/** A multi-layer perceptron, scored in plain arithmetic: the same bits wherever it runs. */
export function loadMlpModel(file: ModelFile): FittedModel {
  const { features, inputs, layers } = readSealedModel(file, mlpDocument);
  const predict = (matrix: FloatMatrix): Prediction => {
    const width = matrix.columns.length;
    const row = new Float32Array(inputs.length);
    const [margin, probability] = [new Float32Array(matrix.rows), new Float32Array(matrix.rows)];
    for (let at = 0; at < matrix.rows; at++) {
      inputs.forEach((term, index) => {
        row[index] = termInput(term, matrix.data[at * width + term.feature] ?? Number.NaN);
      });
      const found = layerOutputs(layers, row);
      margin[at] = found;
      probability[at] = 1 / (1 + Math.exp(-found));
    }
    return { margin, probability };
  };
  return {
    features,
    predict: (matrix) => {
      checkColumns(features, matrix);
      return predict(matrix);
    },
    explainer: { kind: 'none', reason: 'a neural network’s log-odds are not a sum over features' },
    [Symbol.dispose]: () => undefined,
  };
}

/** Log-odds of one row of inputs. */
export function layerOutputs(
  layers: readonly { readonly weights: ArrayLike<number>; readonly biases: ArrayLike<number> }[],
  row: ArrayLike<number>,
): number {
  let values = row;
  layers.forEach(({ weights, biases }, at) => {
    const outputs = Float64Array.from(biases);
    const width = outputs.length;
    for (let input = 0; input < values.length; input++) {
      const value = values[input] ?? 0;
      // Half of the rectified units are silent.
      if (value === 0) continue;
      for (let output = 0; output < width; output++)
        outputs[output] = (outputs[output] ?? 0) + value * (weights[input * width + output] ?? 0);
    }
    values = at === layers.length - 1 ? outputs : outputs.map((value) => Math.max(0, value));
  });
  return values[0] ?? Number.NaN;
}
