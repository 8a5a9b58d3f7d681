import { join } from 'node:path';
import { ManyBundles } from '../../fingerprint/bundle-many.ts';
import { Lockfile } from '../../fingerprint/lockfile.ts';
import { StatCache } from '../../fingerprint/stat-cache.ts';
import { FileStore } from '../../store/file-store.ts';
import { ManifestStore } from '../../store/manifest-store.ts';
import type { LoadedPipeline } from './load-pipeline.ts';
import type { Project } from './project.ts';

/** The values of a resolved config: sections by name, `params.<stage>`, `tracking`. */
export type ConfigValues = Readonly<Record<string, unknown>>;

/** What planning and running share: opened once a command. */
export interface Workspace {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ConfigValues;
  readonly store: FileStore;
  readonly manifests: ManifestStore;
  readonly stats: StatCache;
  readonly lockfile: Lockfile;
  /** Bundled bodies, by their source file. */
  readonly bodies: ManyBundles;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export async function openWorkspace(
  project: Project,
  loaded: LoadedPipeline,
  config: ConfigValues,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Workspace> {
  return {
    project,
    loaded,
    config,
    store: new FileStore(project.artifactsDir),
    manifests: new ManifestStore(project.artifactsDir),
    stats: await StatCache.open(join(project.cacheDir, 'stat-cache.json')),
    lockfile: await Lockfile.open(project.dir),
    bodies: new ManyBundles({ projectDir: project.dir, cacheDir: project.cacheDir, refuseUntracked: true }),
    env,
  };
}
