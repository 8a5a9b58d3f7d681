import { z } from 'zod';

/** How columns are cut into bins for weights of evidence; shared with the scorecard. */
export const woeParams = z.strictObject({
  fineBins: z.int().min(2).max(200).default(20).describe('bins of equal count that merging begins with'),
  maxBins: z.int().min(2).max(50).default(6),
  minShare: z.number().min(0).lt(0.5).default(0.05).describe('least share of the rows in a bin'),
  minValue: z.number().min(0).default(0.02).describe('columns with less information value are left out'),
});

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
    .default(true)
    .describe('standardised inputs: one input more for each set of rows that lack the same columns'),
  woe: woeParams.prefault({}),
});
export type LogisticParams = z.output<typeof logisticParams>;
