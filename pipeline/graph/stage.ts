import type { z } from 'zod';
import type { ArtifactSpec } from './artifact.ts';
import type { InputMap, Port } from './port.ts';
import type { ProjectCommand } from './project-command.ts';

/**
 * compute: cacheable. gate: cacheable, its verdict blocks what depends on it. effect: touches the world; idempotent by a
 * key of its own, run every time so that it can confirm its work.
 */
export type StageKind = 'compute' | 'gate' | 'effect';

export interface Resources {
  /** Threads that the body's engines may use. @default 1 */
  readonly cpus?: number;
  /** Such as '4GiB': what it takes of the machine while it runs and, where it is declared, the bound of its JavaScript heap. @default '1GiB' */
  readonly memory?: string;
  /** Such as '30m'. @default '1h' */
  readonly timeout?: string;
  /** How often it is tried again after an error that may pass (docs/reference/errors.md says which). @default 0 */
  readonly retries?: number;
}

export type OutputMap = Readonly<Record<string, ArtifactSpec>>;
export type ParamsSchema = z.ZodObject;
export type SectionMap = Readonly<Record<string, z.ZodObject>>;

export interface StageSpec<
  TInputs extends InputMap,
  TParams extends ParamsSchema,
  TSections extends SectionMap,
  TOutputs extends OutputMap,
> {
  /** Lower case, digits and dashes; the stage's name on the command line and under `params:` in the config. */
  readonly name: string;
  readonly kind?: StageKind;
  /** One sentence for `graph`, `plan` and the report. */
  readonly description: string;
  readonly inputs?: TInputs;
  /** A strict zod object; its values come from `params.<stage>` in the config. Only keys that the body reads are fingerprinted. */
  readonly params?: TParams;
  /** Top-level config sections that the body reads, such as `source`; read keys are fingerprinted as params are. */
  readonly sections?: TSections;
  readonly outputs: TOutputs;
  readonly resources?: Resources;
  /** Names of environment variables that the body may see; they are part of its fingerprint. */
  readonly env?: readonly string[];
  /** Native libraries whose version and bytes are part of the fingerprint: of each, or only of configs that make the body use it. */
  readonly native?: readonly (NativeLibrary | NativeUse)[];
  /** The body, `() => import('./run.ts')`, whose default export is a `StageBody<typeof thisStage>`. Loaded only in the stage's child. */
  readonly run: () => Promise<unknown>;
}

export type NativeLibrary = 'xgboost' | 'lightgbm' | 'duckdb';

export interface NativeUse {
  readonly library: NativeLibrary;
  /** Whether the body uses it under a resolved config. To say no wrongly is to keep work that another library would have done otherwise. */
  readonly when: (config: Readonly<Record<string, unknown>>) => boolean;
}

export interface Stage<
  TInputs extends InputMap = InputMap,
  TParams extends ParamsSchema = ParamsSchema,
  TSections extends SectionMap = SectionMap,
  TOutputs extends OutputMap = OutputMap,
> {
  readonly name: string;
  readonly kind: StageKind;
  readonly description: string;
  readonly inputs: TInputs;
  readonly params: TParams;
  readonly sections: TSections;
  readonly outputs: TOutputs;
  readonly out: { readonly [K in keyof TOutputs]: Port<TOutputs[K]> };
  readonly resources: Required<Resources>;
  /** Whether its memory is one that it asked for: that bounds its heap. */
  readonly declaresMemory: boolean;
  readonly env: readonly string[];
  /** All that the body may load. */
  readonly native: readonly NativeLibrary[];
  readonly nativeUses: readonly NativeUse[];
  readonly run: () => Promise<unknown>;
}

export interface Pipeline {
  readonly name: string;
  readonly stages: readonly Stage[];
  /** What the project adds to the command line. */
  readonly commands?: readonly ProjectCommand[];
}
