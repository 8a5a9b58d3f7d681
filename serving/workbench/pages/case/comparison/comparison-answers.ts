import type { z } from 'zod';
import type { bivariateResponse, populationResponse } from '../../../../api/schemas/population.ts';
import type { similarResponse } from '../../../../api/schemas/similar.ts';

export type Standing = z.infer<typeof populationResponse>['standing'];
export type SimilarAnswer = z.infer<typeof similarResponse>;
export type PairAnswer = z.infer<typeof bivariateResponse>;
