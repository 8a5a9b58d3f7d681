import type { z } from 'zod';
import type { GateRuleResult } from '../events/event.ts';
import type { ArtifactSpec, DirectorySpec, FileSpec, JsonSpec, MetricPoint, MetricsSpec, ReportSpec, TableSpec } from './artifact.ts';
import type { AdvisoryPort, ColumnsPort, FolderSource, InputMap, Port } from './port.ts';
import type { OutputMap, ParamsSchema, SectionMap, Stage } from './stage.ts';

interface InputBase {
  /** Absolute path of the verified artifact; read only. */
  readonly path: string;
  /** sha256 of the content, 64 hex digits. */
  readonly digest: string;
}
export interface TableInput extends InputBase {
  readonly rows: number;
  /** Column name to DuckDB type, in file order. */
  readonly columns: Readonly<Record<string, string>>;
}
export interface JsonInput<T> extends InputBase {
  read(): Promise<T>;
}
export interface MetricsInput extends InputBase {
  read(): Promise<readonly MetricPoint[]>;
}
export interface FolderInput {
  /** The folder, or null where the config does not use this source. */
  readonly folder: string | null;
  /** File name to absolute path, sorted by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly digest: string;
}

export interface PathOutput {
  /** Absolute path in the stage's staging folder; write the artifact here (a directory exists already). */
  readonly path: string;
}
export interface JsonOutput<T> {
  write(value: T): Promise<void>;
}
export interface MetricsOutput {
  /** @param value finite; @param step a whole number, 0 for a single value */
  readonly log: (name: string, value: number, step?: number) => void;
}
export interface ReportOutput extends PathOutput {
  write(html: string): Promise<void>;
}

type InputHandleOf<TSpec extends ArtifactSpec> = TSpec extends TableSpec
  ? TableInput
  : TSpec extends JsonSpec<infer T>
    ? JsonInput<T>
    : TSpec extends MetricsSpec
      ? MetricsInput
      : TSpec extends FileSpec | DirectorySpec | ReportSpec
        ? InputBase
        : never;

export type InputHandle<TInput> =
  TInput extends Port<infer TSpec>
    ? InputHandleOf<TSpec>
    : TInput extends AdvisoryPort<infer TSpec>
      ? InputHandleOf<TSpec> | null
      : TInput extends ColumnsPort
        ? TableInput
        : TInput extends FolderSource
          ? FolderInput
          : never;

export type OutputHandle<TSpec> =
  TSpec extends JsonSpec<infer T>
    ? JsonOutput<T>
    : TSpec extends MetricsSpec
      ? MetricsOutput
      : TSpec extends ReportSpec
        ? ReportOutput
        : PathOutput;

export interface StageLog {
  readonly debug: (message: string, data?: Readonly<Record<string, unknown>>) => void;
  readonly info: (message: string, data?: Readonly<Record<string, unknown>>) => void;
  /** Shown to the user while the run goes on, and again at its end. */
  readonly warn: (message: string, data?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, data?: Readonly<Record<string, unknown>>) => void;
}

/** How a stage of a run came by its outputs. */
export interface StageAccount {
  readonly stage: string;
  readonly outcome: 'executed' | 'reused' | 'joined' | 'skipped';
  /** Id of the run that made the outputs: another one where they were reused. */
  readonly madeBy: string;
  /** When they were made, ISO 8601. */
  readonly finishedAt: string;
  /** How long making them took. */
  readonly durationMs: number;
  /** Null where the record is older than this measurement. */
  readonly usage: StageUsage | null;
}

/** What a stage's process took. */
export interface StageUsage {
  /** User and system time of all threads, in seconds. */
  readonly cpuSeconds: number;
  /** Most resident memory, in MB of 1e6 bytes. */
  readonly peakMemoryMb: number;
}

/** What the engine knows of a run when an effect begins: for whoever shows it, never for decisions. */
export interface RunAccount {
  /** ms since 1970. */
  readonly startedAt: number;
  /** The resolved config without its section `tracking`, whose address may hold a login. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The stages that have good outputs by now, in the order of the graph. */
  readonly stages: readonly StageAccount[];
  /** `sluice.lock` of these stages. */
  readonly lock: string;
}

/** Where an effect finds its tracking server; null for a compute stage or a gate. */
export interface TrackingTarget {
  readonly uri: string;
  readonly experiment: string;
  /** Folder of the journals that `sluice sync` sends, `<artifacts>/outbox`. */
  readonly outbox: string;
  /** Absent where no engine runs the stage. */
  readonly account?: RunAccount;
}

export interface StageContext<
  TInputs extends InputMap,
  TParams extends ParamsSchema,
  TSections extends SectionMap,
  TOutputs extends OutputMap,
> {
  readonly inputs: { readonly [K in keyof TInputs]: InputHandle<TInputs[K]> };
  readonly params: z.output<TParams>;
  readonly config: { readonly [K in keyof TSections]: z.output<TSections[K]> };
  readonly outputs: { readonly [K in keyof TOutputs]: OutputHandle<TOutputs[K]> };
  readonly threads: number;
  readonly memoryMb: number;
  /** A private folder for spill files; removed afterwards. */
  readonly tempDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: StageLog;
  /** Moves the progress bar. @param total null where it is not known */
  readonly progress: (done: number, total: number | null, note?: string) => void;
  readonly signal: AbortSignal;
  readonly tracking: TrackingTarget | null;
  /** What the engine knows of this piece of work: for reports and tracking, never for decisions. */
  readonly run: {
    readonly id: string;
    readonly fingerprint: string;
    readonly gitCommit: string | null;
    readonly gitDirty: boolean;
    readonly projectDir: string;
  };
}

/** What a body may return. A gate must return a verdict; an effect says whether everything was already in place. */
export type StageResult =
  | { readonly verdict: 'passed' | 'rejected'; readonly rules: readonly GateRuleResult[] }
  | { readonly confirmed: boolean }
  | undefined
  | void;

/** The type of a body's default export: `const run: StageBody<typeof train> = async ({ inputs, params, outputs }) => { … }`. */
export type StageBody<TStage> =
  TStage extends Stage<infer TInputs, infer TParams, infer TSections, infer TOutputs>
    ? (context: StageContext<TInputs, TParams, TSections, TOutputs>) => Promise<StageResult>
    : never;
