import { definePipeline } from 'sluice';
import { check } from './check/stage.ts';
import { model } from './model/stage.ts';
import { readings } from './readings/stage.ts';

/** The graph. The order follows from what each stage takes, not from this list. */
export const pipeline = definePipeline({ name: 'energy', stages: [readings, model, check] });
