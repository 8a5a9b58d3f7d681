import { createHash } from 'node:crypto';
import { z } from 'zod';
import { damaged, jsonModelBytes, readJsonModel } from './json-model.ts';
import type { ModelFile } from './load-fitted-model.ts';

const sealed = z.looseObject({ digest: z.string() });

/** The bytes of a JSON model that carries the sha256 of the rest of itself: a number changed by hand is noticed. */
export function sealedModelBytes(document: Readonly<Record<string, unknown>>): Uint8Array {
  return jsonModelBytes({ ...document, digest: digestOf(document) });
}

/** @throws SluiceError MODEL_DAMAGED where it is cut off, does not fit its schema, or was changed since it was written */
export function readSealedModel<T>(file: ModelFile, schema: z.ZodType<T>): T {
  const { digest, ...document } = readJsonModel(file, sealed);
  const actual = digestOf(document);
  if (actual !== digest) throw damaged(`${file.path} says that its content has sha256 ${digest}, but it has ${actual}`);
  const parsed = schema.safeParse(document);
  if (!parsed.success) {
    throw damaged(`${file.path} is not a whole model of format "${file.options.summary.format}": ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function digestOf(document: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex');
}
