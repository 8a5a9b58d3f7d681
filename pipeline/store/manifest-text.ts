import type { Manifest } from './manifest.ts';
import { sealedText, unsealed } from './sealed-text.ts';

/** A record as it is written. */
export function manifestText(manifest: Manifest): string {
  return sealedText(manifest);
}

/**
 * A flipped bit could turn a gate's "rejected" into a word that nobody knows: such a record is none. Older records have no seal.
 * @throws Error for what is not a record of the stage, or not as it was written
 */
export function parseManifest(text: string, stage: string): Manifest {
  const manifest = unsealed(text, `a record of ${stage}`) as Manifest;
  if (manifest.schema !== 1 || manifest.stage !== stage) throw new Error(`not a record of ${stage}`);
  return manifest;
}
