import type { SluiceError } from '../errors/sluice-error.ts';
import type { TrackingTarget } from '../graph/stage-body.ts';
import { endOpenedRuns, hasPendingJournal, openedRuns, type OpenedRun, type RunEnd } from '../tracking/mlflow/index.ts';
import type { Project } from './project/project.ts';
import { isAlive } from './flight/process-mark.ts';
import { isRunAlive } from './record/run-record.ts';

/** The run has ended: nobody waits for its page. */
export const PATIENCE = { retryForMs: 2000, timeoutMs: 10_000 };

/** For the page of a run that did not come to its end. */
const AGAIN = '`sluice run` goes on where it ended, in this very run.';

export interface EndedRun {
  readonly runId: string;
  /** Name of the signal that interrupted it; null where none did. */
  readonly interruptedBy: string | null;
  /** What failed first; null for nothing. */
  readonly failure: { readonly stage: string; readonly error: SluiceError } | null;
}

/**
 * Brings to an end on the tracking server what a run opened there and did not register. A registration that waits in the outbox because the server
 * is away is left to `sluice sync`. Never rejects: the next run says what cannot be said now.
 */
export async function endTracking(target: TrackingTarget | null, ended: EndedRun): Promise<void> {
  if (target === null || ended.failure?.error.code === 'MLFLOW_UNREACHABLE') return;
  await endThose(target, async ({ openedBy }) => (openedBy === ended.runId ? endOf(ended) : null));
}

/**
 * Does the same for runs whose process is gone without a word; a registration that waits in the outbox is complete, and `sluice sync` sends it.
 * @returns how many were ended
 */
export async function endAbandoned(
  project: Pick<Project, 'artifactsDir'>,
  target: Pick<TrackingTarget, 'uri' | 'outbox'>,
): Promise<number> {
  return endThose(target, async (opened) => {
    const isLeft = (await hasPendingJournal(target.outbox, opened.token)) || (await isOpenerAlive(project, opened));
    return isLeft ? null : abandoned(opened);
  });
}

async function isOpenerAlive(project: Pick<Project, 'artifactsDir'>, { openedBy, process }: OpenedRun): Promise<boolean> {
  return process === undefined ? isRunAlive(project, openedBy) : isAlive(process) !== false;
}

async function endThose(
  target: Pick<TrackingTarget, 'uri' | 'outbox'>,
  judge: (opened: OpenedRun) => Promise<RunEnd | null>,
): Promise<number> {
  if ((await openedRuns(target.outbox)).length === 0) return 0;
  return endOpenedRuns(target, judge, PATIENCE).catch(() => 0);
}

function endOf({ runId, interruptedBy, failure }: EndedRun): RunEnd {
  if (interruptedBy !== null) {
    const message = `run ${runId} was interrupted by ${interruptedBy}`;
    return {
      status: 'KILLED',
      note: `**Interrupted** by ${interruptedBy} before the model was registered (run \`${runId}\`). ${AGAIN}`,
      error: { message },
    };
  }
  if (failure === null)
    return {
      status: 'FINISHED',
      note: `Run \`${runId}\` ended as asked before the model was registered: this is what was known by then. ${AGAIN}`,
      error: {},
    };
  const { stage, error } = failure;
  return {
    status: 'FAILED',
    note: [
      `**Stage \`${stage}\` failed** (${error.code}) in run \`${runId}\`:`,
      quoted(error.message),
      ...(error.hint === undefined ? [] : [quoted(error.hint)]),
      AGAIN,
    ].join('\n\n'),
    error: { code: error.code, stage, message: error.message, hint: error.hint },
  };
}

function abandoned({ openedBy, process }: OpenedRun): RunEnd {
  const [opener, told] =
    process === undefined
      ? [`run ${openedBy}`, `run \`${openedBy}\` ended without a word before the model was registered. ${AGAIN}`]
      : [openedBy, `${openedBy} ended without a word. The same command goes on where it ended, in this very run.`];
  return {
    status: 'KILLED',
    note: `**Abandoned**: the process of ${told}`,
    error: { message: `the process of ${opener} ended without a word` },
  };
}

/** As a block of text, whatever characters it holds. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
