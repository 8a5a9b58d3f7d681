import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SluiceError } from '../errors/sluice-error.ts';
import { messageOf } from '../util/error-code.ts';

export interface ModelBytes {
  /** For messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A model's bytes, before any library sees them. @throws SluiceError MODEL_DAMAGED where they are not the ones expected, or cannot be read */
export function readModelFile(source: Uint8Array | string, expectedSha256?: string): ModelBytes {
  const name = typeof source === 'string' ? source : 'the model';
  const bytes = typeof source === 'string' ? read(source) : source;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (expectedSha256 === undefined || sha256 === expectedSha256) return { name, bytes, sha256 };
  throw modelDamaged(`${name} has sha256 ${sha256}, expected ${expectedSha256}`, { sha256, expectedSha256 });
}

export function modelDamaged(message: string, data: Readonly<Record<string, unknown>> = {}, cause?: unknown): SluiceError {
  return new SluiceError('MODEL_DAMAGED', message, {
    hint: 'Fetch the model again, or run its stage again with `sluice run train --force=train`.',
    data,
    cause,
  });
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw modelDamaged(`${path} cannot be read: ${messageOf(error)}`, {}, error);
  }
}
