import { z } from 'zod';

export const portableParams = z.strictObject({
  rounds: z.int().min(1).max(2000).default(100).describe('boosting rounds; fixed, since this trainer fits at once'),
  eta: z.number().gt(0).lte(1).default(0.1),
  maxDepth: z.int().min(1).max(8).default(3),
  minChildWeight: z.number().min(0).default(5),
  subsample: z.number().gt(0).lte(1).default(0.7),
  colsample: z.number().gt(0).lte(1).default(0.5),
  lambda: z.number().min(0).default(5),
});
