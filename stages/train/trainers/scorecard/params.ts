import { z } from 'zod';
import { woeParams } from '../../woe/params.ts';

export const scorecardParams = z.strictObject({
  characteristics: z.int().min(1).max(200).default(30).describe('most characteristics; how many are used is chosen on the other folds'),
  maxCorrelation: z.number().gt(0).lte(1).default(0.7).describe('a characteristic more correlated with one that is in stays out'),
  penalty: z.number().min(0).default(50).describe('strength of the ridge penalty on the coefficients of the weights of evidence'),
  followCatalogue: z
    .boolean()
    .default(true)
    .describe('let a characteristic only raise or only lower the risk as the catalogue says; else the direction that tells more'),
  baseScore: z.number().default(600),
  baseOdds: z.number().gt(0).default(50).describe('repaid : defaulted at baseScore'),
  pointsToDouble: z.number().gt(0).default(20).describe('points that double the odds of repayment'),
  woe: woeParams.prefault({}),
});
export type ScorecardParams = z.output<typeof scorecardParams>;
