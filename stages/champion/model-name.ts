import { z } from 'zod';

/** Of a registered model: MLflow would refuse such a name as the last thing in a run, when all the work is done. */
export const modelName = z
  .string()
  .refine((name) => name.trim() !== '' && !/[/:\p{Cc}]/u.test(name), 'the name of a model may not be empty, nor hold "/" or ":"')
  .refine((name) => !(name.includes("'") && name.includes('"')), 'MLflow cannot search for a name with both kinds of quotes in it')
  .default('credit-scoring');
