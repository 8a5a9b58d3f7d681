import { artifact, defineStage } from 'sluice';
import { z } from 'zod';
import { readings } from '../readings/stage.ts';

/** kWh = base + perDegree × (degrees below `heatingBelow`). */
export const energyModel = z.strictObject({ base: z.number(), perDegree: z.number(), heatingBelow: z.number() });

export const model = defineStage({
  name: 'model',
  description: 'Fits the energy used to the cold outside, and tries the fit on days that it has not seen',
  inputs: { rows: readings.out.rows },
  params: z.strictObject({
    heatingBelow: z.number().default(16).describe('outside temperature below which the heating runs, °C'),
    holdoutEvery: z.int().min(2).default(4).describe('each so many-th day is kept for the test'),
  }),
  outputs: { model: artifact.json(energyModel), metrics: artifact.metrics() },
  run: () => import('./run.ts'),
});
