import { z } from 'zod';

/** The `tracking` section of every config: where runs and models are registered. */
export const trackingSection = z
  .strictObject({
    uri: z.string().nullable().default(null).describe('an MLflow server; null: MLFLOW_TRACKING_URI where it is set, else the embedded server'),
    experiment: z.string().min(1).default('credit-scoring').describe('MLflow experiment that runs are written to'),
  })
  .describe('the MLflow server');
