import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileStamp, stampFile } from '../fingerprint/file-stamp.ts';
import { libraryFile } from '../fingerprint/native-identity.ts';
import type { Manifest } from '../store/manifest.ts';
import { writeAtomic } from '../store/write-atomic.ts';
import { storedPath } from './artifact-path.ts';
import { snapshotFile, type StatusSnapshot } from './fast-status.ts';
import type { LoadedPipeline } from './load-pipeline.ts';
import { planStages } from './plan-run.ts';
import type { Project } from './project.ts';
import { WHOLE_GRAPH } from './select-stages.ts';
import type { StatusReport } from './status-report.ts';
import { type ConfigValues, openWorkspace, type Workspace } from './workspace.ts';

/** A stamp taken right after a write proves nothing (see file-stamp.ts): a moment's wait makes it good. */
const SETTLE_MS = 30;

export interface SlowStatusOptions {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ConfigValues;
  /** The config files that were read; null when flags had a say, and the answer must not be kept for the next call. */
  readonly configFiles: readonly string[] | null;
}

/** Plans the whole graph, and keeps the answer for {@link fastStatus} when everything is fresh. */
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
  for (const source of Object.keys(loaded.graph.sources)) files.add(join(project.dir, source));
  for (const stage of loaded.pipeline.stages) {
    const manifest = await manifests.latest(stage.name);
    if (manifest !== null) for (const file of filesOf(workspace, manifest)) files.add(file);
    for (const library of stage.native) files.add(libraryFile(library, project.dir) ?? '');
    for (const input of Object.values(stage.inputs)) {
      const folder = input.type === 'folder' ? input.locate(workspace.config) : null;
      if (folder !== null && input.type === 'folder')
        for (const file of await folderFiles(workspace, folder, (name) => input.include(name, workspace.config))) files.add(file);
    }
  }
  await sleep(SETTLE_MS);
  const stamps: Record<string, FileStamp> = {};
  for (const file of files) {
    const stamp = file === '' ? null : await stampFile(file);
    if (stamp !== null) stamps[file] = stamp;
  }
  const names = loaded.pipeline.stages.flatMap((stage) => stage.env);
  const snapshot: StatusSnapshot = {
    schema: 1,
    node: process.version,
    artifactsDir: project.artifactsDir,
    env: Object.fromEntries(names.map((name) => [name, env[name] ?? null])),
    stamps,
    report,
  };
  await writeAtomic(snapshotFile(project), JSON.stringify(snapshot));
}

/** A manifest, the mark that makes it the last good one, its sources and its blobs. */
function filesOf({ project, manifests }: Workspace, manifest: Manifest): string[] {
  const record = manifests.path(manifest.stage, manifest.fingerprint);
  const sources = Object.keys(manifest.sources).map((source) => join(project.dir, source));
  return [
    record,
    join(dirname(record), 'latest'),
    ...sources,
    ...Object.values(manifest.outputs).map((artifact) => storedPath(project, artifact)),
  ];
}

async function folderFiles({ project }: Workspace, folder: string, include: (name: string) => boolean): Promise<string[]> {
  const path = resolve(project.dir, folder);
  return [path, ...(await readdir(path)).filter(include).map((name) => join(path, name))];
}
