import { z } from 'zod';

/** How columns are cut into bins for weights of evidence. */
export const woeParams = z.strictObject({
  fineBins: z.int().min(2).max(200).default(20).describe('bins of equal count that merging begins with'),
  maxBins: z.int().min(2).max(50).default(5),
  minShare: z.number().min(0).lt(0.5).default(0.05).describe('least share of the rows in a bin'),
  minValue: z.number().min(0).default(0.02).describe('columns with less information value are left out'),
});
