import type { IndexedManifest } from '../../store/manifest-index.ts';
import type { Pin } from '../../store/pin-store.ts';
import type { RunRecord } from '../record/run-record.ts';

/** Why a record lives, and whether only it or its outputs too. */
export interface Root {
  readonly reason: string;
  readonly outputs: boolean;
}

export interface RootFacts {
  readonly index: readonly IndexedManifest[];
  /** Runs whose records are kept, by id, with why. */
  readonly keptRuns: ReadonlyMap<string, { readonly record: RunRecord; readonly reason: string }>;
  readonly pins: readonly Pin[];
  /** Runs that are at work now. */
  readonly aliveRuns: readonly string[];
  /** Digests that something outside names, with what: a registered model, a journal in the outbox. */
  readonly named: ReadonlyMap<string, string>;
  /** Path of an effect's record that has to stay, with why. */
  readonly effects: ReadonlyMap<string, string>;
  /** Digest of some columns to the tables that they were taken of. */
  readonly wholes: ReadonlyMap<string, readonly string[]>;
}

/** The records that live, by path, each with the strongest reason. */
export function recordRoots({ index, keptRuns, pins, aliveRuns, named, effects, wholes }: RootFacts): ReadonlyMap<string, Root> {
  const roots = new Map<string, Root>();
  const keep = (entry: IndexedManifest, reason: string, outputs = true): void => {
    if (roots.get(entry.path)?.outputs !== true && entry.manifest !== null) roots.set(entry.path, { reason, outputs });
  };
  for (const entry of index) {
    if (entry.latest) keep(entry, `last good outputs of ${entry.stage}`);
    const pin = pins.find((one) => one.what === 'port' && one.stage === entry.stage && one.fingerprint === entry.fingerprint);
    if (pin?.what === 'port') keep(entry, `pinned as ${pin.stage}.${pin.port}`);
    for (const { record, reason } of keptRuns.values())
      if (record.stages[entry.stage]?.fingerprint === entry.fingerprint) keep(entry, `used by run ${record.id}, ${reason}`);
    const what = Object.values(entry.manifest?.outputs ?? {}).flatMap(({ digest }) => named.get(digest) ?? [])[0];
    if (what !== undefined) keep(entry, what);
    const sent = effects.get(entry.path);
    if (sent !== undefined) keep(entry, sent);
    if (aliveRuns[0] !== undefined) keep(entry, `run ${aliveRuns[0]} is at work and may use it`);
  }
  keepLineage({ index, roots, wholes }, (entry, reason) => keep(entry, reason, false));
  return roots;
}

/**
 * Of what lives, the records that it was made from live too, though not their outputs: `lineage` can answer. Many records may
 * have given the same small artifact ("passed"): one of them is enough, the one of the same run before others.
 */
function keepLineage(
  { index, roots, wholes }: Pick<RootFacts, 'index' | 'wholes'> & { readonly roots: ReadonlyMap<string, Root> },
  keep: (entry: IndexedManifest, reason: string) => void,
): void {
  const makers = makersByDigest(index);
  const open = index.filter(({ path }) => roots.has(path));
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { manifest, stage, fingerprint } = entry;
    for (const digest of Object.values(manifest?.parts.inputs ?? {})) {
      const known = digest === null ? [] : [digest, ...(wholes.get(digest) ?? [])].flatMap((one) => makers.get(one) ?? []);
      if (known.some(({ path }) => roots.has(path))) continue;
      const maker = known.find((one) => one.manifest?.run === manifest?.run) ?? known[0];
      if (maker === undefined) continue;
      keep(maker, `${stage} ${fingerprint.slice(0, 12)}, which lives, was made from it; its outputs are not needed`);
      open.push(maker);
    }
  }
}

/** Digest to the records that have an output of it, the newest first. */
function makersByDigest(index: readonly IndexedManifest[]): ReadonlyMap<string, readonly IndexedManifest[]> {
  const makers = new Map<string, IndexedManifest[]>();
  for (const entry of index.toSorted((a, b) => b.modifiedAt - a.modifiedAt)) {
    for (const { digest } of Object.values(entry.manifest?.outputs ?? {})) {
      const known = makers.get(digest) ?? [];
      known.push(entry);
      makers.set(digest, known);
    }
  }
  return makers;
}
