import type { ArtifactKind } from '../graph/artifact.ts';
import type { Digest } from '../fingerprint/digest.ts';
import type { FingerprintParts } from '../fingerprint/fingerprint.ts';
import type { GateRuleResult } from '../events/event.ts';
import type { StageUsage } from '../graph/stage-body.ts';

/** One output as it lies in the store. */
export interface StoredArtifact {
  readonly kind: ArtifactKind;
  readonly mediaType: string;
  readonly extension: string;
  /** sha256 of the bytes; for a directory, of the list of its files and their digests. */
  readonly digest: Digest;
  readonly bytes: number;
  /** Of what the stage declared for this port. */
  readonly schemaDigest: Digest;
  readonly rows?: number;
  readonly columns?: Readonly<Record<string, string>>;
}

/** What explanations need beside the fingerprint's parts, which hold digests only. */
export interface ManifestAbout {
  /** Place of each npm package under the project to its version. */
  readonly packages: Readonly<Record<string, string>>;
  /** Version of each native library, as its own files say it. */
  readonly native: Readonly<Record<string, string>>;
  /** Input that is a folder to its files and their digests. */
  readonly folders: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The record of one finished piece of work. Its presence is what makes the outputs good: it is written last, in one rename. */
export interface Manifest {
  readonly schema: 1;
  readonly stage: string;
  readonly fingerprint: Digest;
  readonly parts: FingerprintParts;
  /** Source files of the code, for explanations; not part of the fingerprint. */
  readonly sources: Readonly<Record<string, string>>;
  /** For explanations too; older records have none. */
  readonly about?: ManifestAbout;
  readonly outputs: Readonly<Record<string, StoredArtifact>>;
  /** A gate's verdict and rules; null for other kinds. */
  readonly gate: { readonly verdict: 'passed' | 'rejected'; readonly rules: readonly GateRuleResult[] } | null;
  readonly run: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** What its process took; older records do not say. */
  readonly usage?: StageUsage;
  /** When a collection removed outputs of it: then the record tells only where something came from. */
  readonly collectedAt?: string;
}
