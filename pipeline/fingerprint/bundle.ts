import type { Digest } from './digest.ts';
import type { EnvReads } from './env-reads.ts';
import type { FileStamp } from './file-stamp.ts';

/** Of what is kept of bundles. Changes when the same sources would become another bundle, or when a record's form or the shelf's does. */
export const BUNDLE_FORMAT = 5;

export interface BundleOptions {
  readonly projectDir: string;
  readonly cacheDir: string;
  /** Leaves `import('./run.ts')` in place with an absolute path, so that a graph loads without its bodies. */
  readonly keepDynamicImports?: boolean;
  /** Leaves the bodies of stages out: for a command, which reads declarations and runs no stage. */
  readonly leaveBodies?: boolean;
  /** Refuses sources of the project that could read what no fingerprint sees. */
  readonly refuseUntracked?: boolean;
}

/** One module with all it imports from this project; npm packages stay outside. */
export interface Bundle {
  /** The file that runs; of one that is packed, where it would lie: see body-code.ts. */
  readonly path: string;
  /** sha256 of its bytes: the bytes that are hashed are the bytes that run. */
  readonly digest: Digest;
  /** Null for one that lies in a file of its own. */
  readonly packed: PackedCode | null;
  /** npm packages that it imports: those of code that is left after shaking, not of every file that was looked at. */
  readonly packages: readonly string[];
  /** Source files, relative to the project, with the digest of each: for `why`, not part of the key. */
  readonly sources: Readonly<Record<string, Digest>>;
  /** Other files that decide what it becomes, whether they are there or not; absolute. */
  readonly settings: readonly string[];
  /** Environment variables that the project's own code names. */
  readonly envReads: EnvReads;
}

/** Where a module's text lies in a file of many, and its source map right after it. Offset and lengths in bytes. */
export interface PackedCode {
  readonly file: string;
  readonly at: number;
  readonly codeBytes: number;
  readonly mapBytes: number;
}

/** A file that a bundle was made of, or that decides what it becomes, as it was then. */
export interface FileNote {
  /** Absolute. */
  readonly path: string;
  /** Null for one that was not there. */
  readonly stamp: FileStamp | null;
  /** Of a source; null for a setting. */
  readonly digest: Digest | null;
  /** The environment variables that it reads; null where nobody asked whether it could read what no fingerprint sees. */
  readonly reads: EnvReads | null;
}

/** What is kept of a bundle, so that it is not made again while its files stay as they are. */
export interface BundleRecord extends Pick<Bundle, 'path' | 'digest' | 'packed' | 'packages'> {
  /** Whether its sources were searched for what no fingerprint sees. */
  readonly guarded: boolean;
  readonly sources: readonly FileNote[];
  readonly settings: readonly FileNote[];
}
