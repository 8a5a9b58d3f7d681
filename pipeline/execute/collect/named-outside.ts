import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toSluiceError } from '../../errors/sluice-error.ts';
import type { Pipeline } from '../../graph/stage.ts';
import type { IndexedManifest } from '../../store/manifest-index.ts';
import { mlflowStatus, pendingJournals, registeredDigests } from '../../tracking/mlflow/index.ts';
import type { Project } from '../project/project.ts';
import { trackingSection } from '../start-tracking.ts';
import type { ConfigValues } from '../project/workspace.ts';

export interface NamedOutside {
  /** Digest of an artifact to what names it. */
  readonly named: ReadonlyMap<string, string>;
  /** Path of the record of an effect that has to stay to the reason: should MLflow be away next time, only it knows what was sent. */
  readonly effects: ReadonlyMap<string, string>;
  /** What the reader should know of how this was found out. */
  readonly notes: readonly string[];
}

export interface NamedOptions {
  readonly project: Project;
  readonly pipeline: Pipeline;
  readonly config: ConfigValues;
  readonly index: readonly IndexedManifest[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Digests that live by what lies outside the store: models in MLflow's registry, and journals that still wait to be sent there. */
export async function namedOutside(options: NamedOptions): Promise<NamedOutside> {
  const { project, pipeline, index } = options;
  const named = new Map<string, string>();
  const add = (digest: string, what: string): void => void (named.has(digest) || named.set(digest, what));
  for (const path of await pendingJournals(join(project.artifactsDir, 'outbox'))) {
    // A payload's sha256 is the digest of the artifact that it was linked from.
    for (const [digest] of (await readFile(path, 'utf8').catch(() => '')).matchAll(/\b[0-9a-f]{64}\b/g))
      add(digest, `waits in the outbox (${basename(path)})`);
  }
  const isEffect = new Set(pipeline.stages.filter(({ kind }) => kind === 'effect').map(({ name }) => name));
  const effects = new Map<string, string>();
  const records = index.filter(({ stage }) => isEffect.has(stage));
  if (records.length === 0) return { named, effects, notes: [] };
  const asked = await askServer(options);
  if (asked.answered) for (const [digest, model] of asked.digests) add(digest, `in MLflow as ${model}`);
  for (const { stage, path, manifest } of records) {
    const taken = Object.values(manifest?.parts.inputs ?? {}).filter((digest) => digest !== null);
    if (asked.answered) {
      const model = taken.flatMap((digest) => asked.digests.get(digest) ?? [])[0];
      if (model !== undefined) effects.set(path, `sent what is in MLflow as ${model}`);
    } else {
      effects.set(path, UNKNOWN);
      for (const digest of taken) add(digest, `taken by ${stage}: ${UNKNOWN}`);
    }
  }
  return { named, effects, notes: [asked.note] };
}

const UNKNOWN = 'MLflow could not be asked whether its model is still there';

type Asked =
  | { readonly answered: true; readonly digests: ReadonlyMap<string, string>; readonly note: string }
  | { readonly answered: false; readonly note: string };

/** Asks a server that runs; starts none. */
async function askServer({ project, config, env }: NamedOptions): Promise<Asked> {
  const { uri } = trackingSection(config);
  const status = await mlflowStatus({ dir: project.dir, artifactsDir: project.artifactsDir, uri, env }).catch(
    (error: unknown) => toSluiceError(error).message,
  );
  const keeps = 'kept is what any registration took in. To have it asked: sluice mlflow up';
  if (typeof status === 'string') return { answered: false, note: `MLflow: ${status}; ${keeps}` };
  if (!status.running) return { answered: false, note: `MLflow does not run at ${status.uri}: ${keeps}` };
  try {
    const digests = await registeredDigests(status.uri, { env });
    const models = new Set(digests.values()).size;
    return {
      answered: true,
      digests,
      note: `MLflow at ${status.uri} knows ${models} version${models === 1 ? '' : 's'} of models made here or elsewhere`,
    };
  } catch (error) {
    return { answered: false, note: `MLflow at ${status.uri}: ${toSluiceError(error).message}; ${keeps}` };
  }
}
