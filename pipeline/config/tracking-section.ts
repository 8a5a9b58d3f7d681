import { z } from 'zod';

/** The `tracking` section of every config: where runs and models are registered. @param pipeline its name is the experiment's where none is given */
export function trackingSection(pipeline: string): z.ZodObject {
  return z
    .strictObject({
      uri: z
        .string()
        .nullable()
        .default(null)
        .describe('an MLflow server; null: MLFLOW_TRACKING_URI where it is set, else the embedded server'),
      experiment: z.string().min(1).default(pipeline).describe('MLflow experiment that runs are written to'),
    })
    .describe('the MLflow server');
}
