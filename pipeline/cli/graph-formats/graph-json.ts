import type { Pipeline, StageKind } from '../../graph/stage.ts';
import type { ArtifactKind } from '../../graph/artifact.ts';

export interface GraphJson {
  readonly pipeline: string;
  readonly stages: readonly {
    readonly name: string;
    readonly kind: StageKind;
    readonly description: string;
    readonly inputs: readonly {
      readonly name: string;
      readonly from: string | null;
      readonly advisory: boolean;
      readonly folder: string | null;
      /** The columns that it takes of a table; absent where it takes all. */
      readonly columns?: readonly string[];
    }[];
    readonly outputs: readonly { readonly name: string; readonly kind: ArtifactKind; readonly mediaType: string }[];
    readonly resources: { readonly cpus: number; readonly memory: string; readonly timeout: string };
  }[];
}

/** Stages in topological order with what they take and give. `from` is STAGE.PORT, `folder` a config key. */
export function graphJson(pipeline: Pipeline): GraphJson {
  const stages = pipeline.stages.map(({ name, kind, description, inputs, outputs, resources }) => ({
    name,
    kind,
    description,
    inputs: Object.entries(inputs).map(([input, source]) => {
      if (source.type === 'folder') return { name: input, from: null, advisory: false, folder: source.key };
      const port = source.type === 'port' ? source : source.port;
      return {
        name: input,
        from: `${port.stage}.${port.name}`,
        advisory: source.type === 'advisory',
        folder: null,
        ...(source.type === 'columns' && { columns: source.columns }),
      };
    }),
    outputs: Object.entries(outputs).map(([output, spec]) => ({ name: output, kind: spec.kind, mediaType: spec.mediaType })),
    resources,
  }));
  return { pipeline: pipeline.name, stages };
}
