import { canonicalJson } from '../fingerprint/canonical-json.ts';
import { INSTALLED } from '../fingerprint/lockfile.ts';
import type { Change, FileChange, PackageChange } from './change.ts';
import type { WorkFacts } from './work-facts.ts';

/**
 * What differs between two pieces of work, by their records alone: config keys, code, declared outputs, inputs, packages,
 * native libraries, environment, runtime. What takes a look at texts and tables (symbols, columns, places) is left open.
 */
export function findChanges(before: WorkFacts, after: WorkFacts): readonly Change[] {
  return [
    ...paramChanges(before, after),
    ...(before.parts.code.bundle === after.parts.code.bundle ? [] : [{ kind: 'code' as const, files: changedFiles(before, after) }]),
    ...(before.parts.code.outputs === after.parts.code.outputs ? [] : [{ kind: 'outputs' as const }]),
    ...inputChanges(before, after),
    ...packageChanges(before, after),
    ...nativeChanges(before, after),
    ...envChanges(before, after),
    ...runtimeChanges(before, after),
  ];
}

/** Source files whose bytes differ, whether it matters or not. */
export function changedFiles(before: Pick<WorkFacts, 'sources'>, after: Pick<WorkFacts, 'sources'>): readonly FileChange[] {
  return changedKeys(before.sources, after.sources).map((file) => ({
    file,
    change: howChanged(file, before.sources, after.sources),
    line: null,
    symbols: null,
  }));
}

/** A key and the map that holds it may both have been read: it is named once. */
function paramChanges(before: WorkFacts, after: WorkFacts): Change[] {
  const found = changedKeys(before.parts.params, after.parts.params).flatMap((key) =>
    leafChanges(key, before.parts.params[key], after.parts.params[key]),
  );
  return [...new Map(found.map((change) => [change.key, change])).values()];
}

/** `a.b.*` stands for a map: its changed leaves are named. */
function leafChanges(key: string, before: unknown, after: unknown): Extract<Change, { kind: 'param' }>[] {
  const name = key.replace(/\.\*$/, '');
  if (isMap(before) && isMap(after)) {
    return changedKeys(before, after).flatMap((inner) => leafChanges(`${name}.${inner}`, before[inner], after[inner]));
  }
  return [{ kind: 'param', key: name, before: shown(before), after: shown(after), place: null }];
}

function inputChanges(before: WorkFacts, after: WorkFacts): Change[] {
  return changedKeys(before.parts.inputs, after.parts.inputs).map((input) => {
    const [old, now] = [before.about?.folders[input], after.about?.folders[input]];
    const files =
      old === undefined || now === undefined ? [] : changedKeys(old, now).map((file) => ({ file, change: howChanged(file, old, now) }));
    return {
      kind: 'input',
      input,
      from: null,
      before: before.parts.inputs[input] ?? null,
      after: after.parts.inputs[input] ?? null,
      files,
      table: null,
    };
  });
}

/** A package's digest covers what it depends on: the places whose version differs say which. */
function packageChanges(before: WorkFacts, after: WorkFacts): Change[] {
  const [old, now] = [before.about?.packages ?? {}, after.about?.packages ?? {}];
  const names = changedKeys(before.parts.deps, after.parts.deps);
  const moved = changedKeys(old, now).map((place): PackageChange => {
    const locked = place.replace(INSTALLED, '');
    const versionIn = (versions: Readonly<Record<string, string>>): string | null =>
      versions[place] ?? (place === locked ? null : (versions[locked] ?? null));
    return { place: locked, before: versionIn(old), after: versionIn(now) };
  });
  const others = moved.filter(({ place }) => !names.some((name) => isPlaceOf(name, place)));
  return names.map((name) => {
    // A package that is imported now, or no longer, may have been there for another one's sake.
    const [wasImported, isImported] = [Object.hasOwn(before.parts.deps, name), Object.hasOwn(after.parts.deps, name)];
    if (wasImported !== isImported) {
      const versions = wasImported ? old : now;
      const place = Object.keys(versions).find((each) => isPlaceOf(name, each)) ?? `node_modules/${name}`;
      const version = versions[place] ?? 'unknown';
      return { kind: 'package', name, packages: [{ place, before: wasImported ? version : null, after: isImported ? version : null }] };
    }
    const own = moved.filter(({ place }) => isPlaceOf(name, place));
    return { kind: 'package', name, packages: own.length > 0 ? own : others };
  });
}

/** `node_modules/zod`, of the project or of a folder above it; not one that another package has to itself. */
function isPlaceOf(name: string, place: string): boolean {
  return place.replace(/^(?:\.\.\/)+/, '') === `node_modules/${name}`;
}

function nativeChanges(before: WorkFacts, after: WorkFacts): Change[] {
  const describe = ({ parts, about }: WorkFacts, library: string): string | null => {
    const bytes = parts.native[library];
    if (bytes === undefined || bytes === 'absent') return bytes ?? null;
    return `${about?.native[library] ?? 'version unknown'} (${bytes.replace(/^(sha256:.{12}).*/, '$1')}…)`;
  };
  return changedKeys(before.parts.native, after.parts.native).map((library) => ({
    kind: 'native',
    library,
    before: describe(before, library),
    after: describe(after, library),
  }));
}

function envChanges(before: WorkFacts, after: WorkFacts): Change[] {
  const [old, now] = [before.parts.env, after.parts.env];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted().flatMap((name): Change[] => {
    const [a, b] = [old[name], now[name]];
    if (a === b) return [];
    const change =
      a === undefined ? 'declared' : b === undefined ? 'no longer declared' : a === null ? 'set' : b === null ? 'unset' : 'changed';
    return [{ kind: 'env', name, change }];
  });
}

function runtimeChanges(before: WorkFacts, after: WorkFacts): Change[] {
  if (canonicalJson(before.parts.runtime) === canonicalJson(after.parts.runtime)) return [];
  const describe = ({ parts: { runtime } }: WorkFacts): string =>
    `Node ${runtime.node}${runtime.platform === null ? '' : ` on ${runtime.platform}`}`;
  return [{ kind: 'runtime', before: describe(before), after: describe(after) }];
}

function howChanged(
  key: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FileChange['change'] {
  if (!Object.hasOwn(before, key)) return 'added';
  return Object.hasOwn(after, key) ? 'edited' : 'removed';
}

/** Keys whose values differ, sorted; a key that is not there differs from every value. */
export function changedKeys(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): readonly string[] {
  const text = (values: Readonly<Record<string, unknown>>, key: string): string | null =>
    Object.hasOwn(values, key) ? canonicalJson(values[key]) : null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => text(before, key) !== text(after, key)).toSorted();
}

/** A key that was not in the config is kept as `["absent"]` (see pickParams). */
function shown(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && value[0] === 'absent' ? undefined : value;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
