import { z } from 'zod';
import type { FittedModel } from './fitted-model.ts';
import { checkColumns, readJsonModel } from './json-model.ts';
import type { ModelFile } from './load-fitted-model.ts';

export const dummyDocument = z.strictObject({
  format: z.literal('dummy-json'),
  features: z.array(z.string()),
  baseRate: z.number().gt(0).lt(1),
});
export type DummyDocument = z.infer<typeof dummyDocument>;

/** Gives everybody the base rate. */
export function loadDummyModel(file: ModelFile): FittedModel {
  const { features, baseRate } = readJsonModel(file, dummyDocument);
  return {
    features,
    predict: (matrix) => {
      checkColumns(features, matrix);
      const margin = new Float32Array(matrix.rows).fill(Math.log(baseRate / (1 - baseRate)));
      return { margin, probability: new Float32Array(matrix.rows).fill(baseRate) };
    },
    explainer: { kind: 'none', reason: 'the dummy looks at no feature' },
    [Symbol.dispose]: () => undefined,
  };
}
