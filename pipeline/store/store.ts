import type { Digest } from '../fingerprint/digest.ts';
import type { ArtifactKind } from '../graph/artifact.ts';

/** What identifies an artifact in a store. */
export interface ArtifactName {
  readonly kind: ArtifactKind;
  readonly extension: string;
  readonly digest: string;
}

export interface Placed {
  /** sha256 of the bytes; for a directory, of the list of what it holds. */
  readonly digest: Digest;
  readonly bytes: number;
}

export type Verified =
  | { readonly ok: true; readonly path: string }
  /** `path` is the blob that is gone or damaged: of a directory, the list or one of its files. */
  | { readonly ok: false; readonly reason: 'missing' | 'corrupt'; readonly path: string };

/** Tells the sha256 of a file; null where there is none. A stat cache may answer for a file that did not change. */
export interface Prover {
  digest(path: string): Promise<Digest | null>;
}

/**
 * Content-addressed artifacts. An implementation keeps to the suite in testing/store-contract.ts: what is stored is never
 * changed, what is handed out is proven, storing the same twice keeps one, and storing over a damaged blob mends it.
 */
export interface Store {
  /** Takes a finished file out of staging. @throws SluiceError STORE_READ_ONLY, STORE_DISK_FULL, ARTIFACT_SCHEMA for what is no plain file */
  putFile(staged: string, extension: string): Promise<Placed>;
  /** Takes a finished folder out of staging: files, folders, also empty ones. @throws as putFile; ARTIFACT_SCHEMA for a link */
  putDirectory(staged: string): Promise<Placed>;
  /** Proves an artifact's bytes and makes it readable as a local file or folder. */
  verify(artifact: ArtifactName, prover: Prover): Promise<Verified>;
  /** The files that hold an artifact, to be proven one by one; for a directory whose list is gone or damaged, the list alone. */
  blobs(artifact: ArtifactName): Promise<readonly StoredBlob[]>;
  /** Sets a damaged blob aside for a look. @returns where it lies now; null when somebody else was faster */
  quarantine(path: string): Promise<string | null>;
}

export interface StoredBlob {
  readonly path: string;
  readonly digest: string;
  /** The path within a directory artifact; null for the artifact itself. */
  readonly within: string | null;
}
