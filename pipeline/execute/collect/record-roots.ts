import type { IndexedManifest } from '../../store/manifest-index.ts';
import type { Pin } from '../../store/pin-store.ts';
import type { RunRecord } from '../run-record.ts';

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
}

/** The records that live, by path, each with the strongest reason. */
export function recordRoots({ index, keptRuns, pins, aliveRuns, named }: RootFacts): ReadonlyMap<string, Root> {
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
    if (aliveRuns[0] !== undefined) keep(entry, `run ${aliveRuns[0]} is at work and may use it`);
  }
  keepLineage(index, roots, (entry, reason) => keep(entry, reason, false));
  return roots;
}

/** Of what lives, the records that it was made from live too, though not their outputs: `lineage` can answer. */
function keepLineage(
  index: readonly IndexedManifest[],
  roots: ReadonlyMap<string, Root>,
  keep: (entry: IndexedManifest, reason: string) => void,
): void {
  const makers = new Map<string, IndexedManifest[]>();
  for (const entry of index)
    for (const { digest } of Object.values(entry.manifest?.outputs ?? {})) makers.set(digest, [...(makers.get(digest) ?? []), entry]);
  const open = index.filter(({ path }) => roots.has(path));
  const visited = new Set(open.map(({ path }) => path));
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    for (const digest of Object.values(entry.manifest?.parts.inputs ?? {})) {
      for (const maker of digest === null ? [] : (makers.get(digest) ?? [])) {
        if (visited.has(maker.path)) continue;
        visited.add(maker.path);
        keep(maker, `${entry.stage} ${entry.fingerprint.slice(0, 12)}, which lives, was made from it; its outputs are not needed`);
        open.push(maker);
      }
    }
  }
}
