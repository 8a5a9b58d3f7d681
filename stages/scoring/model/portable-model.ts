import type { FloatMatrix } from '../../../pipeline/index.ts';
import type { MlXgboostModel } from 'ml-xgboost';
import { z } from 'zod';
import type { FittedModel, Prediction } from './fitted-model.ts';
import { checkColumns } from './json-model.ts';
import type { ModelFile } from './load-fitted-model.ts';
import { openMlXgboost } from './open-ml-xgboost.ts';
import { readSealedModel } from './sealed-model.ts';

/** The library knows no missing values: this stands for them, below anything that a feature may be. */
const MISSING = -1e9;

export const portableDocument = z.strictObject({
  format: z.literal('ml-xgboost-json'),
  features: z.array(z.string()),
  options: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The library's own bytes, base64. */
  booster: z.base64(),
});
export type PortableDocument = z.infer<typeof portableDocument>;

/** A booster of the npm package ml-xgboost. */
export async function loadPortableModel(file: ModelFile): Promise<FittedModel> {
  const { features, options, booster } = readSealedModel(file, portableDocument);
  const library = await openMlXgboost();
  const model = library.load({ name: 'ml-xgboost', model: [...Buffer.from(booster, 'base64')], options });
  let free = (): void => model.free();
  return {
    features,
    predict: (matrix) => {
      checkColumns(features, matrix);
      return portablePrediction(model, matrix);
    },
    explainer: { kind: 'none', reason: 'ml-xgboost gives no contributions; train with xgboost, lightgbm or forest to have them' },
    [Symbol.dispose]: () => {
      free();
      free = () => undefined;
    },
  };
}

/** The model's output is log-odds (`binary:logitraw`). */
export function portablePrediction(model: MlXgboostModel, matrix: FloatMatrix): Prediction {
  const margin = Float32Array.from(matrix.rows === 0 ? [] : model.predict(plainRows(matrix)));
  return { margin, probability: margin.map((value) => 1 / (1 + Math.exp(-value))) };
}

/** Rows as the library takes them. */
export function plainRows({ rows, columns, data }: FloatMatrix): readonly (readonly number[])[] {
  const width = columns.length;
  const plain = (value: number): number => (Number.isNaN(value) ? MISSING : value);
  return Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * width, (row + 1) * width), plain));
}
