import type { z } from 'zod';
import type { explainResponse } from '../../../api/schemas/explain.ts';
import type { scoreResponse } from '../../../api/schemas/score.ts';

export type Score = z.infer<typeof scoreResponse>;
export type ExplainAnswer = z.infer<typeof explainResponse>;
export type ExactExplanation = Extract<ExplainAnswer['explanation'], { kind: 'exact' }>;
export type Contribution = ExactExplanation['contributions'][number];
