import { canonicalJson } from './canonical-json.ts';
import { type Digest, digestOf } from './digest.ts';

/**
 * The named parts of a piece of work. Each is kept in the manifest, so that a later plan can say which one
 * changed. Not in it: display names, paths, mtimes, the git commit.
 */
export interface FingerprintParts {
  /** The bundle that runs, and the schemas of what it declares to write. */
  readonly code: { readonly bundle: Digest; readonly outputs: Digest };
  /** npm package to the digest of its sub-tree of the lockfile. */
  readonly deps: Readonly<Record<string, Digest>>;
  /** Native library to version and sha256. */
  readonly native: Readonly<Record<string, string>>;
  /** Values of the config keys that the body read, by dotted path. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Declared environment variable to the digest of its value; null where it is not set. */
  readonly env: Readonly<Record<string, Digest | null>>;
  /** Input to the digest of its content; null for an advisory input that is not there. */
  readonly inputs: Readonly<Record<string, string | null>>;
  readonly runtime: { readonly node: string; readonly platform: string | null };
}

/** The parts that are known before the body has run; which params count is known only from an earlier run. */
export type StaticParts = Omit<FingerprintParts, 'params'>;

export function fingerprintOf(parts: FingerprintParts): Digest {
  return digestOf(canonicalJson(parts));
}

/** The values of the given dotted paths; `a.b.*` stands for all of `a.b`; an absent key is marked, so that it differs from null. */
export function pickParams(config: Readonly<Record<string, unknown>>, paths: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(paths.map((path) => [path, valueAt(config, path)]));
}

function valueAt(config: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = config;
  for (const key of path.endsWith('.*') ? path.slice(0, -2).split('.') : path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return ['absent'];
    value = Reflect.get(value, key);
  }
  return value ?? null;
}
