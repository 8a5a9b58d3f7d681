import type { z } from 'zod';
import type { whatIfResponse } from '../../../../api/schemas/what-if.ts';

export type WhatIfAnswer = z.infer<typeof whatIfResponse>;
