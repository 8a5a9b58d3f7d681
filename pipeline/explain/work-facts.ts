import type { FingerprintParts } from '../fingerprint/fingerprint.ts';
import type { ManifestAbout } from '../store/manifest.ts';

/** What two pieces of work are compared by: a manifest has it, and so has the present. */
export interface WorkFacts {
  readonly parts: FingerprintParts;
  readonly sources: Readonly<Record<string, string>>;
  readonly about?: ManifestAbout;
}
