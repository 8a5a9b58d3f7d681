import { z } from 'zod';

export const lightgbmParams = z.strictObject({
  learningRate: z.number().gt(0).lte(1).default(0.05),
  numLeaves: z.int().min(2).max(4096).default(15).describe('most leaves of a tree'),
  maxDepth: z.int().min(-1).max(64).default(-1).describe('-1: no limit but the leaves'),
  minDataInLeaf: z.int().min(1).default(40).describe('least rows of a leaf; a small book lowers it to a fiftieth of its rows'),
  subsample: z.number().gt(0).lte(1).default(0.7).describe('share of the rows that a tree sees'),
  colsample: z.number().gt(0).lte(1).default(0.1).describe('share of the columns that a tree may use'),
  lambda: z.number().min(0).default(20),
  alpha: z.number().min(0).default(1),
  maxBin: z.int().min(2).max(255).default(64),
});
