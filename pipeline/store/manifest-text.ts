import { digestOf } from '../fingerprint/digest.ts';
import type { Manifest } from './manifest.ts';

const SEAL = /,\n "seal": "([0-9a-f]{64})"\n\}$/;

/** A record as it is written: JSON, whose last member is the sha256 of the text without it. */
export function manifestText(manifest: Manifest): string {
  const text = JSON.stringify(manifest, null, 1);
  return `${text.slice(0, -2)},\n "seal": "${digestOf(text)}"\n}`;
}

/**
 * A flipped bit could turn a gate's "rejected" into a word that nobody knows: such a record is none. Older records have no seal.
 * @throws Error for what is not a record of the stage, or not as it was written
 */
export function parseManifest(text: string, stage: string): Manifest {
  const found = SEAL.exec(text);
  const body = found === null ? text : `${text.slice(0, found.index)}\n}`;
  if (found !== null && digestOf(body) !== found[1]) throw new Error(`a record of ${stage} is not as it was written`);
  const manifest = JSON.parse(body) as Manifest;
  if (manifest.schema !== 1 || manifest.stage !== stage) throw new Error(`not a record of ${stage}`);
  return manifest;
}
