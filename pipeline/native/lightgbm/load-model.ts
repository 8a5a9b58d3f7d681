import { messageOf } from '../../util/error-code.ts';
import { modelDamaged, readModelFile } from '../model-file.ts';
import type { Library } from './library.ts';
import { readModelText } from './model-text.ts';
import type { Handle, Out } from '../pointer.ts';
import { TreeBooster } from './tree-booster.ts';

/**
 * A model from a file or from bytes, as LightGBM's text. The digest is compared where it is known, and the text must be whole.
 * @throws SluiceError MODEL_DAMAGED
 */
export function loadModel(
  library: Library,
  source: Uint8Array | string,
  { threads, expectedSha256 }: { readonly threads: number; readonly expectedSha256?: string },
): TreeBooster {
  const { name, bytes, sha256 } = readModelFile(source, expectedSha256);
  let featureNames: readonly string[];
  try {
    featureNames = readModelText(bytes);
  } catch (error) {
    throw modelDamaged(`${name} is not a whole LightGBM model: ${messageOf(error)}`, { sha256, bytes: bytes.length }, error);
  }
  const out: Out<Handle> = [null];
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  try {
    library.check(library.calls.LGBM_BoosterLoadModelFromString(ended, [0], out), 'read the model');
  } catch (error) {
    throw modelDamaged(`${name} is refused by LightGBM ${library.version}: ${messageOf(error)}`, { sha256 }, error);
  }
  return new TreeBooster(library, out[0], { featureNames, threads });
}
