import type { ArtifactSpec, JsonSpec } from '../../graph/artifact.ts';
import type { StageKind } from '../../graph/stage.ts';

/** What a JSON artifact is checked by: a schema, or what stands for one that is not loaded yet. */
export interface JsonChecker {
  parseAsync(value: unknown): Promise<unknown>;
}

export type PortShape = Exclude<ArtifactSpec, JsonSpec> | (Omit<JsonSpec, 'schema'> & { readonly schema: JsonChecker });

export type InputShape =
  | { readonly type: 'port'; readonly spec: PortShape }
  | { readonly type: 'advisory' | 'columns'; readonly port: { readonly spec: PortShape } }
  | { readonly type: 'folder' };

/** As much of a stage as its body's context is made of; a `Stage` is one. */
export interface StageShape {
  readonly name: string;
  readonly kind: StageKind;
  readonly inputs: Readonly<Record<string, InputShape>>;
  readonly outputs: Readonly<Record<string, PortShape>>;
  /** Only the names count. */
  readonly sections: Readonly<Record<string, unknown>>;
}
