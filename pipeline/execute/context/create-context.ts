import { mkdirSync } from 'node:fs';
import type { EventBody } from '../../events/event.ts';
import type { FolderInput, StageLog, TrackingTarget } from '../../graph/stage-body.ts';
import { type LocatedArtifact, openInput } from './inputs.ts';
import { type OpenOutput, openOutput } from './outputs.ts';
import type { StageShape } from './stage-shape.ts';
import { ReadTrace, traceReads } from './trace-reads.ts';

/** All that a stage's child needs to know: plain data, so that it crosses any process border. */
export interface Assignment {
  readonly inputs: Readonly<Record<string, LocatedArtifact | FolderInput | null>>;
  /** `params.<stage>` and the sections, already validated and defaulted. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly stagingDir: string;
  readonly tempDir: string;
  readonly threads: number;
  readonly memoryMb: number;
  readonly tracking: TrackingTarget | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: {
    readonly id: string;
    readonly fingerprint: string;
    readonly gitCommit: string | null;
    readonly gitDirty: boolean;
    readonly projectDir: string;
  };
}

export interface OpenContext {
  /** Is a `StageContext` of the stage; typed at the body. */
  readonly context: unknown;
  readonly outputs: Readonly<Record<string, OpenOutput>>;
  readonly reads: ReadTrace;
}

/** Builds what a body gets, the same in a child process and in a test. */
export function createContext(
  stage: StageShape,
  assignment: Assignment,
  emit: (event: EventBody) => void,
  signal: AbortSignal,
): OpenContext {
  const reads = new ReadTrace();
  const outputs = Object.fromEntries(
    Object.entries(stage.outputs).map(([name, spec]) => [name, openOutput(name, spec, assignment.stagingDir)]),
  );
  const sections = Object.keys(stage.sections).map((name) => [name, traceReads(assignment.config[name] ?? {}, reads, name)]);
  const context = {
    inputs: openInputs(stage, assignment),
    params: traceReads(assignment.params, reads, `params.${stage.name}`),
    config: Object.fromEntries(sections) as Record<string, unknown>,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { handle }]) => [name, handle])),
    threads: assignment.threads,
    memoryMb: assignment.memoryMb,
    /** Made for whoever asks for it. */
    get tempDir() {
      mkdirSync(assignment.tempDir, { recursive: true });
      return assignment.tempDir;
    },
    env: assignment.env,
    log: stageLog(stage.name, emit),
    progress: (done: number, total: number | null, note = '') => emit({ type: 'stage.progress', stage: stage.name, done, total, note }),
    signal,
    tracking: assignment.tracking,
    run: assignment.run,
  };
  return { context, outputs, reads };
}

function openInputs(stage: StageShape, assignment: Assignment): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(stage.inputs).map(([name, declared]) => {
      const given = assignment.inputs[name] ?? null;
      if (declared.type === 'folder' || given === null || 'files' in given) return [name, given];
      return [name, openInput(declared.type === 'port' ? declared.spec : declared.port.spec, given)];
    }),
  );
}

function stageLog(stage: string, emit: (event: EventBody) => void): StageLog {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, data?: Readonly<Record<string, unknown>>): void =>
      emit({ type: 'stage.log', stage, level, message, ...(data === undefined ? {} : { data }) });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
