import { createHash } from 'node:crypto';
import { modelKey } from '../champion/model-key.ts';

interface Digested {
  readonly digest: string;
}

/** What makes two registrations the same: the model and what it said of the holdout. Not the report, nor anything about the run. */
export function registrationKey(inputs: Parameters<typeof modelKey>[0] & { readonly predictions: Digested }): string {
  return createHash('sha256')
    .update(`${modelKey(inputs)}\n${inputs.predictions.digest}`)
    .digest('hex');
}
