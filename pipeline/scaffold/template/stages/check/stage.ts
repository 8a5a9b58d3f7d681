import { artifact, defineStage } from 'sluice';
import { z } from 'zod';
import { model } from '../model/stage.ts';

export const check = defineStage({
  name: 'check',
  kind: 'gate',
  description: 'Lets a model through that errs by little, and by less than the mean does',
  inputs: { metrics: model.out.metrics },
  params: z.strictObject({ maxError: z.number().positive().default(1).describe('kWh a day') }),
  outputs: { verdict: artifact.json(z.enum(['passed', 'rejected'])) },
  run: () => import('./run.ts'),
});
