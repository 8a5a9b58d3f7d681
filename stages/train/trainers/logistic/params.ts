import { z } from 'zod';
import { woeParams } from '../../woe/params.ts';

export const logisticParams = z.strictObject({
  inputs: z
    .enum(['standardised', 'woe'])
    .default('standardised')
    .describe('standardised: distance from the mean in deviations; woe: weight of evidence of the bin that a value falls in'),
  penalty: z
    .number()
    .gt(0)
    .nullable()
    .default(null)
    .describe('strength of the penalty, 1/C of scikit-learn; null: chosen on the other folds'),
  l1Share: z.number().min(0).max(1).default(0).describe('0: ridge; 1: lasso, which leaves columns out; between: elastic net'),
  clip: z.number().gt(0).default(5).describe('standardised inputs: the most deviations that a value counts'),
  missingIndicators: z
    .boolean()
    .default(false)
    .describe('standardised inputs: one input more for each set of rows that lack the same columns'),
  woe: woeParams.prefault({}),
});
export type LogisticParams = z.output<typeof logisticParams>;
