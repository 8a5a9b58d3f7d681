import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type FloatMatrix, messageOf, SluiceError } from '../../../pipeline/index.ts';
import type { ModelFile } from './load-fitted-model.ts';

/** The bytes of a model file. @throws SluiceError MODEL_DAMAGED where they are not the ones expected, or cannot be read */
export function readModelBytes({ path, options: { sha256: expected } }: ModelFile): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw damaged(`${path} cannot be read: ${messageOf(error)}`, error);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (expected !== undefined && expected !== sha256) throw damaged(`${path} has sha256 ${sha256}, expected ${expected}`);
  return bytes;
}

/** A model that is a JSON document of ours. @throws SluiceError MODEL_DAMAGED where it is cut off or does not fit its schema */
export function readJsonModel<T>(file: ModelFile, schema: z.ZodType<T>): T {
  const bytes = readModelBytes(file);
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw damaged(`${file.path} is not a whole model of format "${file.options.summary.format}": ${reason}`, error);
  }
}

/** The bytes of a JSON model: the same for the same document. */
export function jsonModelBytes(document: Readonly<Record<string, unknown>>): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(document)}\n`);
}

/** @throws SluiceError ARTIFACT_SCHEMA where a matrix's columns are not the model's, in its order */
export function checkColumns(features: readonly string[], matrix: FloatMatrix): void {
  if (matrix.columns.length !== features.length) {
    throw new SluiceError('ARTIFACT_SCHEMA', `the model has ${features.length} features, the matrix ${matrix.columns.length}`);
  }
  const at = features.findIndex((name, index) => name !== matrix.columns[index]);
  if (at < 0) return;
  throw new SluiceError('ARTIFACT_SCHEMA', `feature ${at + 1} of the model is "${features[at]}", of the matrix "${matrix.columns[at]}"`, {
    hint: "Select the columns by the model's features, in that order.",
  });
}

export function damaged(message: string, cause?: unknown): SluiceError {
  return new SluiceError('MODEL_DAMAGED', message, {
    cause,
    hint: 'Fetch the model again, or run its stage again with `sluice run train --force=train`.',
  });
}
