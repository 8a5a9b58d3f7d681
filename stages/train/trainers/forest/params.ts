import { z } from 'zod';

export const forestParams = z.strictObject({
  trees: z.int().min(1).max(10_000).default(300),
  maxDepth: z.int().min(1).max(16).default(8),
  minChildWeight: z
    .number()
    .min(0)
    .default(5)
    .describe('least weight of a leaf, a sum of p(1 − p); a small book lowers it to a tenth of its whole weight'),
  subsample: z.number().gt(0).lt(1).default(0.632).describe('share of the rows that a tree sees'),
  colsample: z.number().gt(0).lte(1).default(0.1).describe('share of the columns that a split may choose from'),
  lambda: z.number().min(0).default(1),
  maxBin: z.int().min(2).max(1024).default(64),
});
