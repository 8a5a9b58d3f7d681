import type { Digest } from '../../fingerprint/digest.ts';
import type { ArtifactSpec, JsonSpec } from '../../graph/artifact.ts';
import type { Stage, StageKind } from '../../graph/stage.ts';
import type { InputShape, PortShape, StageShape } from '../context/stage-shape.ts';

type PlainSpec = Exclude<ArtifactSpec, JsonSpec> | Omit<JsonSpec, 'schema'>;

/**
 * A stage as plain data, so that its child need not load the graph: that costs the schema library and every declaration.
 * Schemas of JSON artifacts stay in the graph; see {@link reviveStage}.
 */
export interface StageDeclaration {
  readonly name: string;
  readonly kind: StageKind;
  /** Null for a folder. */
  readonly inputs: Readonly<Record<string, PlainSpec | null>>;
  readonly outputs: Readonly<Record<string, PlainSpec>>;
  readonly schemaDigests: Readonly<Record<string, Digest>>;
  readonly sections: readonly string[];
}

/** @param schemaDigests of each output */
export function declarationOf(stage: Stage, schemaDigests: StageDeclaration['schemaDigests']): StageDeclaration {
  return {
    name: stage.name,
    kind: stage.kind,
    inputs: mapValues(stage.inputs, (input) =>
      input.type === 'folder' ? null : plainSpec(input.type === 'port' ? input.spec : input.port.spec),
    ),
    outputs: mapValues(stage.outputs, plainSpec),
    schemaDigests,
    sections: Object.keys(stage.sections),
  };
}

/**
 * The stage that a declaration stands for.
 * @param loadStage loads the real one out of the graph: called when a JSON artifact is first read or written
 */
export function reviveStage(declaration: StageDeclaration, loadStage: () => Promise<Stage | undefined>): StageShape {
  return {
    name: declaration.name,
    kind: declaration.kind,
    inputs: mapValues(declaration.inputs, (spec, name): InputShape =>
      spec === null ? { type: 'folder' } : { type: 'port', spec: revive(spec, async () => inputSpec(await loadStage(), name)) },
    ),
    outputs: mapValues(declaration.outputs, (spec, name) => revive(spec, async () => (await loadStage())?.outputs[name])),
    sections: Object.fromEntries(declaration.sections.map((name) => [name, null])),
  };
}

function plainSpec(spec: ArtifactSpec): PlainSpec {
  if (spec.kind !== 'json') return spec;
  const { schema: _schema, ...plain } = spec;
  return plain;
}

function revive(spec: PlainSpec, real: () => Promise<ArtifactSpec | undefined>): PortShape {
  if (spec.kind !== 'json') return spec;
  const parseAsync = async (value: unknown): Promise<unknown> => {
    const found = await real();
    return found?.kind === 'json' ? found.schema.parse(value) : value;
  };
  return { ...spec, schema: { parseAsync } };
}

function inputSpec(stage: Stage | undefined, name: string): ArtifactSpec | undefined {
  const input = stage?.inputs[name];
  if (input === undefined || input.type === 'folder') return undefined;
  return input.type === 'port' ? input.spec : input.port.spec;
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, change: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}
