import { canonicalJson } from './canonical-json.ts';
import { type Digest, digestOf } from './digest.ts';

/**
 * The named parts of a piece of work (DESIGN §3.2). Each is kept in the manifest, so that a later plan can say which one
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
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value ?? null;
}

/** What differs between two pieces of work, one sentence each, the likeliest cause first. */
export function describeChanges(before: FingerprintParts, after: FingerprintParts): string[] {
  const changes: string[] = [];
  for (const [path, value] of Object.entries(after.params)) {
    const old = before.params[path];
    if (canonicalJson(old ?? null) !== canonicalJson(value ?? null)) changes.push(`${path}: ${show(old)} → ${show(value)}`);
  }
  if (before.code.bundle !== after.code.bundle) changes.push('its code');
  if (before.code.outputs !== after.code.outputs) changes.push('what it declares to write');
  changes.push(...changedKeys(before.inputs, after.inputs).map((name) => `input ${name}`));
  changes.push(...changedKeys(before.deps, after.deps).map((name) => `package ${name}`));
  changes.push(...changedKeys(before.native, after.native).map((name) => `native library ${name}`));
  changes.push(...changedKeys(before.env, after.env).map((name) => `environment variable ${name}`));
  if (canonicalJson(before.runtime) !== canonicalJson(after.runtime)) changes.push(`runtime: Node ${before.runtime.node} → ${after.runtime.node}`);
  return changes;
}

function changedKeys(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => (before[key] ?? null) !== (after[key] ?? null)).toSorted();
}

function show(value: unknown): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}
