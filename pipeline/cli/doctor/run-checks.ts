import { loadConfig, type ResolvedConfig } from '../../config/load-config.ts';
import { isSluiceError } from '../../errors/sluice-error.ts';
import { loadPipeline } from '../../execute/project/load-pipeline.ts';
import type { Project } from '../../execute/project/project.ts';
import type { Pipeline } from '../../graph/stage.ts';
import { messageOf } from '../../util/error-code.ts';
import { plural } from '../../util/format.ts';
import { bad, type Check, fixOf, good } from './check.ts';
import { checkArtifacts, checkDisk, checkNode, checkPackages } from './check-machine.ts';
import { checkNative } from './check-native.ts';
import { checkStore } from './check-store.ts';
import { checkTracking } from './check-tracking.ts';

/** Looks at everything that this project's pipeline needs; what one check finds stops no other. */
export async function runChecks(project: Project, env: Readonly<Record<string, string | undefined>>): Promise<readonly Check[]> {
  const packages = await checkPackages(project);
  const { check: graph, value: pipeline } = await attempt('pipeline', 'Correct it, then run: sluice graph', async () => {
    const loaded = await loadPipeline(project);
    return { value: loaded.pipeline, found: `${loaded.pipeline.name}, ${plural(loaded.pipeline.stages.length, 'stage')}` };
  });
  const { check: file, value: config } =
    pipeline === null
      ? { check: null, value: null }
      : await attempt('config', 'Correct it; docs/reference/config.md lists the keys.', async () => {
          const loaded: ResolvedConfig = await loadConfig({
            file: project.configFile,
            projectDir: project.dir,
            cwd: project.dir,
            overrides: [],
            pipeline,
          });
          return { value: loaded, found: project.configFile };
        });
  return [
    checkNode(),
    packages,
    ...[graph, file].filter((check) => check !== null),
    await checkArtifacts(project),
    checkDisk(project),
    ...(await checkStore(project)),
    ...(await checkNative({ project, env, libraries: nativeLibraries(pipeline) })),
    ...(await checkTracking({
      project,
      env,
      needed: pipeline === null || pipeline.stages.some((stage) => stage.kind === 'effect'),
      values: config?.values ?? {},
    })),
  ];
}

function nativeLibraries(pipeline: Pipeline | null): ReadonlySet<string> {
  return new Set(pipeline === null ? ['xgboost', 'duckdb'] : pipeline.stages.flatMap((stage) => stage.native));
}

async function attempt<T>(
  name: string,
  fix: string,
  look: () => Promise<{ readonly value: T; readonly found: string }>,
): Promise<{ readonly check: Check; readonly value: T | null }> {
  try {
    const { value, found } = await look();
    return { check: good(name, found), value };
  } catch (error) {
    const place =
      isSluiceError(error) && error.at?.line !== undefined ? ` (${error.at.file}:${error.at.line}:${error.at.column ?? 1})` : '';
    return {
      check: bad(name, `${messageOf(error)}${place}`, fixOf(error, fix)),
      value: null,
    };
  }
}
