import type { SerializedError } from '../errors/sluice-error.ts';

/** The last word on a stage. `reused` is also an effect that was confirmed and had nothing left to do. */
export type StageOutcome = 'executed' | 'reused' | 'joined' | 'failed' | 'blocked' | 'skipped' | 'cancelled';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a gate rule found: printed, stored in the verdict, shown in the report and in MLflow. */
export interface GateRuleResult {
  readonly rule: string;
  readonly passed: boolean;
  readonly value: number | null;
  readonly limit: number | null;
  readonly reason: string;
}

/** Everything that happens in a run. Terminal, JSON lines, CI output and reports are renderers of this union. */
export type SluiceEvent = { readonly time: string } & EventBody;

export type EventBody =
  | { readonly type: 'run.started'; readonly run: string; readonly pipeline: string; readonly stages: readonly string[] }
  /** `attempt`: 2 and more where an earlier one failed. */
  | { readonly type: 'stage.started'; readonly stage: string; readonly reason: string; readonly attempt?: number }
  | { readonly type: 'stage.progress'; readonly stage: string; readonly done: number; readonly total: number | null; readonly note: string }
  | {
      readonly type: 'stage.log';
      readonly stage: string;
      readonly level: LogLevel;
      readonly message: string;
      readonly data?: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'stage.output'; readonly stage: string; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly type: 'stage.finished';
      readonly stage: string;
      readonly outcome: StageOutcome;
      readonly durationMs: number;
      readonly reason: string;
      /** How many attempts it took, where more than one. */
      readonly attempts?: number;
      readonly error?: SerializedError;
    }
  | {
      readonly type: 'gate.verdict';
      readonly stage: string;
      readonly verdict: 'passed' | 'rejected';
      readonly rules: readonly GateRuleResult[];
    }
  | { readonly type: 'artifact.quarantined'; readonly stage: string; readonly port: string; readonly digest: string; readonly path: string }
  | { readonly type: 'lock.waiting'; readonly holder: string; readonly path: string; readonly stage?: string }
  | { readonly type: 'tracking.server'; readonly state: 'starting' | 'ready' | 'unreachable'; readonly uri: string }
  | { readonly type: 'warning'; readonly code: string; readonly message: string; readonly stage?: string }
  /** What ended a command before or outside any stage: a config error, an unreadable store. */
  | { readonly type: 'error'; readonly error: SerializedError }
  | {
      readonly type: 'run.finished';
      readonly run: string;
      readonly exitCode: number;
      readonly durationMs: number;
      readonly outcomes: Readonly<Record<string, StageOutcome>>;
    };

export type EventSink = (event: SluiceEvent) => void;

/** Stamps an event with the present time, as ISO 8601 in UTC. */
export function stamp(body: EventBody): SluiceEvent {
  return { time: new Date().toISOString(), ...body };
}
