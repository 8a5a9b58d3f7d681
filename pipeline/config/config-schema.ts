import { z } from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';
import { trackingSection } from './tracking-section.ts';

/** What of a stage the config needs to know; `Stage` of the graph is one (config/ lies below graph/ and may not import it). */
export interface ConfigurableStage {
  readonly name: string;
  readonly params: z.ZodObject;
  readonly sections: Readonly<Record<string, z.ZodObject>>;
  readonly inputs: Readonly<Record<string, { readonly type: string; readonly key?: string }>>;
}

export interface ConfigurablePipeline {
  readonly name: string;
  readonly stages: readonly ConfigurableStage[];
}

const RESERVED = new Set(['version', 'extends', 'pipeline', 'params', 'tracking']);

/** The sections that stages declare, each once. @throws SluiceError GRAPH_LOAD where two stages disagree about one, or its name is taken */
export function stageSections(pipeline: ConfigurablePipeline): Readonly<Record<string, z.ZodObject>> {
  const sections: Record<string, z.ZodObject> = {};
  for (const stage of pipeline.stages) {
    for (const [name, schema] of Object.entries(stage.sections)) {
      if (RESERVED.has(name))
        throw new SluiceError(
          'GRAPH_LOAD',
          `stage "${stage.name}" declares a config section "${name}", a name that Sluice keeps for itself`,
        );
      if (sections[name] !== undefined && sections[name] !== schema) {
        throw new SluiceError(
          'GRAPH_LOAD',
          `stage "${stage.name}" declares the config section "${name}" with another schema than a stage before it`,
          {
            hint: 'Declare the schema once and import it in both stages.',
          },
        );
      }
      sections[name] = schema;
    }
  }
  return sections;
}

/** The schema of a whole config file: strict at every level, so that no key is silently without effect. */
export function configSchema(pipeline: ConfigurablePipeline): z.ZodObject {
  const sections = Object.entries(stageSections(pipeline)).map(([name, schema]) => [name, schema.strict().prefault({})]);
  const params = pipeline.stages.map((stage) => [stage.name, stage.params.strict().prefault({})]);
  return z.strictObject({
    version: z.literal(1).default(1).describe('version of the config format'),
    extends: z.string().optional().describe('another config file, relative to this one, whose values this one changes'),
    pipeline: z
      .string()
      .optional()
      .describe('the module that exports the graph, relative to the project, where it is not that of package.json'),
    ...Object.fromEntries(sections),
    params: z.strictObject(Object.fromEntries(params)).prefault({}).describe('parameters of each stage'),
    tracking: trackingSection(pipeline.name).prefault({}),
  });
}

/** Dotted keys whose values are folders, as the folder sources of the stages name them. */
export function folderKeys(pipeline: ConfigurablePipeline): readonly string[] {
  const keys = pipeline.stages.flatMap((stage) =>
    Object.values(stage.inputs).flatMap((input) => (input.type === 'folder' && input.key !== undefined ? [input.key] : [])),
  );
  return [...new Set(keys)];
}
