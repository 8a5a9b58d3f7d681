import type { z } from 'zod';
import type { monitorResponse } from '../../../api/schemas/service.ts';

export type MonitorAnswer = z.infer<typeof monitorResponse>;
