import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SluiceError } from '../../errors/sluice-error.ts';
import { Booster } from './booster.ts';
import type { Library } from './library.ts';
import { findUbjsonFault } from './ubjson-fault.ts';

export interface LoadModelOptions {
  readonly threads: number;
  /** 64 hex digits; compared before the library sees a byte. */
  readonly expectedSha256?: string;
}

/**
 * A model from a file or from bytes. libxgboost itself takes damaged files: it predicts something else, crashes, or never
 * returns; so the digest is compared first where it is known, and the document must be whole in any case.
 * @throws SluiceError MODEL_DAMAGED
 */
export function loadModel(library: Library, source: Uint8Array | string, { threads, expectedSha256 }: LoadModelOptions): Booster {
  const name = typeof source === 'string' ? source : 'the model';
  const bytes = typeof source === 'string' ? readModel(source) : source;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (expectedSha256 !== undefined && sha256 !== expectedSha256) {
    throw damaged(`${name} has sha256 ${sha256}, expected ${expectedSha256}`, { sha256, expectedSha256 });
  }
  const fault = findFault(bytes);
  if (fault !== undefined) throw damaged(`${name} is not a whole XGBoost model: ${fault}`, { sha256, bytes: bytes.length });
  try {
    return Booster.fromBytes(library, bytes, threads);
  } catch (error) {
    throw damaged(
      `${name} is refused by XGBoost ${library.version}: ${error instanceof Error ? error.message : String(error)}`,
      { sha256 },
      error,
    );
  }
}

function readModel(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new SluiceError('MODEL_DAMAGED', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function findFault(bytes: Uint8Array): string | undefined {
  // `{"` begins a JSON text; UBJSON writes a length after the brace.
  if (bytes[0] !== 0x7b) return 'it does not begin with {';
  if (bytes[1] !== 0x22 && bytes[1] !== 0x20 && bytes[1] !== 0x0a) return findUbjsonFault(bytes);
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function damaged(message: string, data: Readonly<Record<string, unknown>>, cause?: unknown): SluiceError {
  return new SluiceError('MODEL_DAMAGED', message, {
    hint: 'Fetch the model again, or run its stage again with `sluice run train --force=train`.',
    data,
    cause,
  });
}
