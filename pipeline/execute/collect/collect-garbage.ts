import { dirname } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import { indexManifests } from '../../store/manifest-index.ts';
import { PinStore } from '../../store/pin-store.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import { damagedRuns, isRunAlive, listRuns, type RunRecord } from '../record/run-record.ts';
import type { Project } from '../project/project.ts';
import { judgeObjects } from './judge-objects.ts';
import { listObjects } from './list-objects.ts';
import { livingPaths } from './living-paths.ts';
import { namedOutside, type NamedOptions } from './named-outside.ts';
import { recordRoots } from './record-roots.ts';
import { markCollected, removeObjects, type Removed } from './remove-objects.ts';
import type { JudgedObject } from './stored-object.ts';

export interface CollectOptions extends Omit<NamedOptions, 'index'> {
  readonly keepRuns: number;
  readonly dryRun: boolean;
}

export interface Collection {
  readonly objects: readonly JudgedObject[];
  readonly notes: readonly string[];
  /** Null for a dry run. */
  readonly removed: Removed | null;
}

/** Decides for every object in the store whether it lives, says why, and removes what does not. Safe while runs are at work. */
export async function collectGarbage(options: CollectOptions): Promise<Collection> {
  const { project, keepRuns, dryRun } = options;
  const { artifactsDir } = project;
  await refuseUnknownRuns(project);
  const runs = await listRuns(project);
  const aliveRuns = await runsAtWork(project, runs);
  const index = await indexManifests(artifactsDir);
  const pins = await new PinStore(artifactsDir).all();
  const pinned = new Set(pins.flatMap((pin) => (pin.what === 'run' ? [pin.run] : [])));
  const keptRuns = keepNewest(runs, keepRuns, pinned);
  const { named, effects, notes } = await namedOutside({ ...options, index });
  const wholes = await wholeTables(artifactsDir);
  const roots = recordRoots({ index, keptRuns, pins, aliveRuns, named, effects, wholes });
  const { living, names } = await livingPaths(artifactsDir, index, roots);
  const reasons = new Map([...keptRuns].map(([id, { reason }]) => [id, reason]));
  // What a run makes between the finding of the roots and this listing is nobody's yet: it is young, and lives.
  const objects = judgeObjects(await listObjects(artifactsDir, index), {
    now: Date.now(),
    living,
    names,
    keptRuns: reasons,
    keepRuns,
    aliveRuns,
  });
  if (dryRun) return { objects, notes, removed: null };
  const removed = await removeObjects(artifactsDir, objects, async () => (await runsAtWork(project, await listRuns(project))).length > 0);
  await markCollected(
    artifactsDir,
    index.filter(({ path }) => roots.get(path)?.outputs === false),
  );
  return { objects, notes, removed };
}

/** What a run used that one can no longer read of might be taken away. @throws SluiceError STORE_CORRUPT */
async function refuseUnknownRuns(project: Project): Promise<void> {
  const [damaged] = await damagedRuns(project);
  if (damaged === undefined) return;
  throw new SluiceError('STORE_CORRUPT', `the record of run ${damaged.id} is not as it was written, so what it used cannot be told`, {
    hint: `Give the run up, then collect again: rm -r ${dirname(damaged.path)}`,
  });
}

async function wholeTables(artifactsDir: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const wholes = new Map<string, string[]>();
  for (const { record } of await new ProjectionStore(artifactsDir).all()) {
    if (record !== null) wholes.set(record.projection.digest, [...(wholes.get(record.projection.digest) ?? []), record.table]);
  }
  return wholes;
}

async function runsAtWork(project: Project, runs: readonly RunRecord[]): Promise<readonly string[]> {
  const alive = await Promise.all(runs.map(async ({ id }) => ((await isRunAlive(project, id)) ? [id] : [])));
  return alive.flat();
}

function keepNewest(
  runs: readonly RunRecord[],
  keepRuns: number,
  pinned: ReadonlySet<string>,
): ReadonlyMap<string, { record: RunRecord; reason: string }> {
  const kept = new Map<string, { record: RunRecord; reason: string }>();
  for (const [at, record] of runs.entries()) {
    if (pinned.has(record.id)) kept.set(record.id, { record, reason: 'pinned' });
    else if (at < keepRuns) kept.set(record.id, { record, reason: at === 0 ? 'the newest' : `one of the ${keepRuns} newest` });
  }
  return kept;
}
