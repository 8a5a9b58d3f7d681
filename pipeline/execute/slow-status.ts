import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isSettled, stampFile } from '../fingerprint/file-stamp.ts';
import { libraryFile } from '../fingerprint/native-identity.ts';
import type { Manifest } from '../store/manifest.ts';
import { writeAtomic } from '../store/write-atomic.ts';
import { snapshotFile, snapshotVersions, stampText, type StatusSnapshot } from './fast-status.ts';
import type { LoadedPipeline } from './load-pipeline.ts';
import { planStages } from './plan-run.ts';
import type { Project } from './project.ts';
import { WHOLE_GRAPH } from './select-stages.ts';
import type { StatusReport } from './status-report.ts';
import { type ConfigValues, openWorkspace, type Workspace } from './workspace.ts';

export interface SlowStatusOptions {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ConfigValues;
  /** The config files that were read; null when flags had a say, and the answer must not be kept for the next call. */
  readonly configFiles: readonly string[] | null;
}

/** Plans the whole graph, and keeps the answer for `fastStatus` when everything is fresh. */
export async function slowStatus({ project, loaded, config, configFiles }: SlowStatusOptions): Promise<StatusReport> {
  const workspace = await openWorkspace(project, loaded, config);
  const planned = await planStages(workspace, WHOLE_GRAPH, null);
  await workspace.stats.save();
  const stages = planned.map(({ stage, action, reason }) => ({
    stage,
    state: action === 'reuse' || action === 'confirm' ? ('fresh' as const) : ('stale' as const),
    reason,
  }));
  const report: StatusReport = { fresh: stages.every(({ state }) => state === 'fresh'), stages };
  if (report.fresh && configFiles !== null) await keep(workspace, report, configFiles);
  return report;
}

async function keep(workspace: Workspace, report: StatusReport, configFiles: readonly string[]): Promise<void> {
  const { project, loaded, manifests, env } = workspace;
  const files = new Set<string>([...configFiles, join(project.dir, 'package.json'), join(project.dir, 'package-lock.json')]);
  // As they stand now: after a cosmetic edit the code may be made of other files than the record says.
  const bundles = [loaded.graph, ...workspace.bodies.values()];
  for (const source of bundles.flatMap(({ sources }) => Object.keys(sources))) files.add(join(project.dir, source));
  for (const file of bundles.flatMap(({ settings }) => settings)) files.add(file);
  for (const file of workspace.lockfile.looked()) files.add(file);
  for (const stage of loaded.pipeline.stages) {
    const manifest = await manifests.latest(stage.name);
    if (manifest !== null) for (const file of await filesOf(workspace, manifest)) files.add(file);
    for (const library of stage.native) files.add(libraryFile(library, project.dir) ?? '');
    for (const input of Object.values(stage.inputs)) {
      const folder = input.type === 'folder' ? input.locate(workspace.config) : null;
      if (folder !== null && input.type === 'folder')
        for (const file of await folderFiles(workspace, folder, (name) => input.include(name, workspace.config))) files.add(file);
    }
  }
  // What changed since this process began may have changed after it was looked at: then the answer is not kept.
  const stamps = [...files].filter((file) => file !== '').map((file) => [file, stampFile(file)] as const);
  if (stamps.some(([, stamp]) => stamp !== null && !isSettled({ ...stamp, seenAt: performance.timeOrigin }))) return;
  const names = loaded.pipeline.stages.flatMap((stage) => stage.env);
  const snapshot: StatusSnapshot = {
    schema: 2,
    versions: snapshotVersions,
    artifactsDir: project.artifactsDir,
    env: Object.fromEntries(names.map((name) => [name, env[name] ?? null])),
    stamps: Object.fromEntries(stamps.map(([file, stamp]) => [file, stampText(stamp)])),
    report,
  };
  await writeAtomic(snapshotFile(project), JSON.stringify(snapshot));
}

/** A manifest, the mark that makes it the last good one, its sources, the packages that it reaches, and its blobs. */
async function filesOf({ project, manifests, store }: Workspace, manifest: Manifest): Promise<string[]> {
  const record = manifests.path(manifest.stage, manifest.fingerprint);
  const sources = Object.keys(manifest.sources).map((source) => join(project.dir, source));
  const packages = Object.keys(manifest.about?.packages ?? {}).map((place) => join(project.dir, place, 'package.json'));
  const blobs = await Promise.all(Object.values(manifest.outputs).map((artifact) => store.blobs(artifact)));
  return [record, join(dirname(record), 'latest'), ...sources, ...packages, ...blobs.flat().map(({ path }) => path)];
}

async function folderFiles({ project }: Workspace, folder: string, include: (name: string) => boolean): Promise<string[]> {
  const path = resolve(project.dir, folder);
  return [path, ...(await readdir(path)).filter(include).map((name) => join(path, name))];
}
