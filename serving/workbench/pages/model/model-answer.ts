import type { z } from 'zod';
import type { modelResponse } from '../../../api/schemas/service.ts';

export type ModelAnswer = z.infer<typeof modelResponse>;
