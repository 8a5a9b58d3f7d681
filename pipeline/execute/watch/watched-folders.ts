import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ManyBundles } from '../../fingerprint/bundle-many.ts';
import type { Stage } from '../../graph/stage.ts';
import { bodyFile, type LoadedPipeline } from '../project/load-pipeline.ts';
import type { Project } from '../project/project.ts';
import type { ConfigValues } from '../project/workspace.ts';

export interface WatchedWork {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: { readonly values: ConfigValues; readonly files: readonly string[] };
}

/**
 * The folders whose changes may matter: those of the graph's sources, of the stages' code, of the config files, of the data that
 * stages read, and the project's own for its package files. Whether a change does matter is for the planner to say.
 */
export async function watchedFolders({ project, loaded, config }: WatchedWork): Promise<ReadonlySet<string>> {
  const folders = new Set([project.dir, dirname(project.pipelineFile), ...config.files.map((file) => dirname(file))]);
  for (const source of Object.keys(loaded.graph.sources)) folders.add(dirname(join(project.dir, source)));
  for (const source of await sourcesOfBodies(loaded.pipeline.stages, project)) folders.add(dirname(source));
  for (const stage of loaded.pipeline.stages) {
    for (const input of Object.values(stage.inputs)) {
      const located = input.type === 'folder' ? input.locate(config.values) : null;
      if (located !== null) folders.add(resolve(project.dir, located));
    }
  }
  return new Set([...folders].filter(isFolder));
}

/** Of a body that does not compile, at least its own file. */
async function sourcesOfBodies(stages: readonly Stage[], { dir, cacheDir }: Project): Promise<readonly string[]> {
  const files = stages.map(bodyFile);
  const bundles = new ManyBundles({ projectDir: dir, cacheDir, refuseUntracked: true });
  bundles.prepare(files);
  await bundles.done();
  return [...files, ...[...bundles.made().values()].flatMap(({ sources }) => Object.keys(sources).map((source) => join(dir, source)))];
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
