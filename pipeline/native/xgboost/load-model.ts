import { messageOf } from '../../util/error-code.ts';
import { modelDamaged, readModelFile } from '../model-file.ts';
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
  const { name, bytes, sha256 } = readModelFile(source, expectedSha256);
  const fault = findFault(bytes);
  if (fault !== undefined) throw modelDamaged(`${name} is not a whole XGBoost model: ${fault}`, { sha256, bytes: bytes.length });
  try {
    return Booster.fromBytes(library, bytes, threads);
  } catch (error) {
    throw modelDamaged(`${name} is refused by XGBoost ${library.version}: ${messageOf(error)}`, { sha256 }, error);
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
    return messageOf(error);
  }
}
