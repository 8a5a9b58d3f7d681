import { z } from 'zod';
import type { FittedModel } from './fitted-model.ts';
import { checkColumns } from './json-model.ts';
import { type LinearModel, linearContributions, linearPrediction, linearTerm } from './linear-terms.ts';
import type { ModelFile } from './load-fitted-model.ts';
import { readSealedModel } from './sealed-model.ts';

export const logisticDocument = z.strictObject({
  format: z.literal('logistic-json'),
  features: z.array(z.string()),
  /** λ of ½·λ·‖b‖² + λ·|b|. */
  l2: z.number(),
  l1: z.number(),
  intercept: z.number(),
  terms: z.array(linearTerm),
});
export type LogisticDocument = z.infer<typeof logisticDocument>;

/** Log-odds as a sum over features. */
export function loadLogisticModel(file: ModelFile): FittedModel {
  const document = readSealedModel(file, logisticDocument);
  return linearModel(document.features, document);
}

export function linearModel(features: readonly string[], model: LinearModel): FittedModel {
  return {
    features,
    predict: (matrix) => {
      checkColumns(features, matrix);
      return linearPrediction(model, matrix);
    },
    explainer: {
      kind: 'exact',
      method: 'linear',
      contributions: (matrix) => {
        checkColumns(features, matrix);
        return linearContributions(model, matrix);
      },
    },
    [Symbol.dispose]: () => undefined,
  };
}
