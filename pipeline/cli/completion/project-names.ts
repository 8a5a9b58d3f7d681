import type { Pipeline } from '../../graph/stage.ts';
import type { CliIo } from '../cli-io.ts';
import type { Names } from './candidates.ts';

/** More runs than these are hard to choose from. */
const RUNS = 20;

/** The names of the project that `io.cwd` lies in; none where it does not load: completion never complains. */
export function projectNames(io: CliIo): Names {
  const pipeline = async (): Promise<Pipeline | null> => {
    const [{ openProject }, { loadPipeline }] = await Promise.all([
      import('../../execute/project/project.ts'),
      import('../../execute/project/load-pipeline.ts'),
    ]);
    return loadPipeline(openProject(io.cwd, io.env)).then(
      (loaded) => loaded.pipeline,
      () => null,
    );
  };
  return {
    stages: async () => (await pipeline())?.stages.map((stage) => stage.name) ?? [],
    ports: async () =>
      (await pipeline())?.stages.flatMap((stage) => Object.keys(stage.outputs).map((port) => `${stage.name}.${port}`)) ?? [],
    runs: async () => {
      const [{ openProject }, { listRuns }] = await Promise.all([
        import('../../execute/project/project.ts'),
        import('../../execute/record/run-record.ts'),
      ]);
      return (await listRuns(openProject(io.cwd, io.env))).slice(0, RUNS).map((run) => run.id);
    },
    configKeys: async () => configKeys(await pipeline()),
  };
}

function configKeys(pipeline: Pipeline | null): readonly string[] {
  const keys = (pipeline?.stages ?? []).flatMap((stage) => [
    ...Object.keys(stage.params.shape).map((key) => `params.${stage.name}.${key}`),
    ...Object.entries(stage.sections).flatMap(([section, schema]) => Object.keys(schema.shape).map((key) => `${section}.${key}`)),
  ]);
  return [...new Set(keys)];
}
