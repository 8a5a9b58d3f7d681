import { z } from 'zod';

export const mlpParams = z.strictObject({
  hidden: z.array(z.int().min(1).max(1024)).min(1).max(4).default([16]).describe('rectified units of each hidden layer'),
  epochs: z.int().min(1).max(1000).default(40).describe('most passes over the rows; how many is chosen on the other folds'),
  batch: z.int().min(1).default(256),
  learningRate: z.number().gt(0).default(0.0005).describe('of Adam'),
  penalty: z.number().min(0).default(100).describe('strength of the ridge penalty on all weights, in the units of the logistic trainer'),
  clip: z.number().gt(0).default(5).describe('the most deviations that a value counts'),
  backend: z
    .enum(['wasm', 'node'])
    .default('wasm')
    .describe('node: faster, needs `npm install @tensorflow/tfjs-node`, which downloads its library'),
});
export type MlpParams = z.output<typeof mlpParams>;
