import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { deserializeError, SluiceError } from '../../errors/sluice-error.ts';
import type { EventBody } from '../../events/event.ts';
import type { ChildAnswer, ChildMessage, ChildOrder } from './child-protocol.ts';
import { guardGroup } from './group-warden.ts';
import { signalGroup } from './process-group.ts';

export interface RunChildOptions {
  readonly runner: string;
  readonly order: ChildOrder;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: EventBody) => void;
}

/** How long a cancelled child may take to end in order. */
const GRACE_MS = 5000;
/** How much of a crashed child's standard error goes into the message. */
const TAIL_CHARS = 4000;

/**
 * Starts a stage's child, relays its events and waits for its answer.
 * @throws SluiceError of the body; STAGE_TIMEOUT; STAGE_CANCELLED; STAGE_CRASHED with signal or exit code and the last output
 */
export async function runChild(options: RunChildOptions): Promise<ChildAnswer> {
  const { order, signal } = options;
  if (signal.aborted) throw cancelled(order.stage);
  const child = spawn(process.execPath, ['--enable-source-maps', '--disable-warning=ExperimentalWarning', options.runner], {
    cwd: options.cwd,
    env: { ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const guard = child.pid === undefined ? null : guardGroup(child.pid);
  const ending = { timedOut: false };
  const stop = (): void => stopGroup(child);
  const timer = setTimeout(() => {
    ending.timedOut = true;
    stop();
  }, options.timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  child.stdin?.on('error', () => {});
  child.stdin?.write(`${JSON.stringify(order)}\n`);
  const tail = relayOutput(child, order.stage, options.onEvent);
  const answer = readAnswer(child.stdio[3] as Readable, options.onEvent);
  const { code, signal: killedBy } = await exited(child);
  guard?.release();
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  const message = await answer;
  if (ending.timedOut)
    throw new SluiceError('STAGE_TIMEOUT', `stage "${order.stage}" ran longer than ${options.timeoutMs / 1000} s`, {
      stage: order.stage,
      hint: 'Raise resources.timeout in its declaration.',
    });
  if (message?.type === 'done') return message.result;
  if (signal.aborted) throw cancelled(order.stage);
  if (message?.type === 'error') throw deserializeError(message.error);
  throw new SluiceError(
    'STAGE_CRASHED',
    `stage "${order.stage}" ${killedBy === null ? `exited with code ${code ?? 'unknown'}` : `was killed by ${killedBy}`}${tail() === '' ? '' : `; it last said:\n${tail()}`}`,
    {
      stage: order.stage,
      hint:
        killedBy === 'SIGKILL'
          ? 'The system may have run out of memory: lower resources.cpus or the data, or free some.'
          : `See the log: sluice logs latest ${order.stage}`,
    },
  );
}

function cancelled(stage: string): SluiceError {
  return new SluiceError('STAGE_CANCELLED', `stage "${stage}" was cancelled`, { stage });
}

/** Resolves once the child, and all that it started, is gone and its output is read. */
function exited(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      // a daemon that left the group may hold the output open for ever
      const timer = setTimeout(() => child.stdio.forEach((stream) => stream?.destroy()), GRACE_MS);
      child.once('close', () => clearTimeout(timer));
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** Asks the child's whole group to end, and ends it when it does not. */
function stopGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
  child.once('exit', () => clearTimeout(timer));
}

function relayOutput(child: ChildProcess, stage: string, onEvent: (event: EventBody) => void): () => string {
  let tail = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL_CHARS);
      onEvent({ type: 'stage.output', stage, stream, text });
    });
  }
  return () => tail.trim();
}

async function readAnswer(
  channel: Readable,
  onEvent: (event: EventBody) => void,
): Promise<Exclude<ChildMessage, { type: 'event' }> | null> {
  let answer: Exclude<ChildMessage, { type: 'event' }> | null = null;
  let rest = '';
  channel.setEncoding('utf8');
  try {
    for await (const chunk of channel) {
      rest += String(chunk);
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = JSON.parse(line) as ChildMessage;
        if (message.type === 'event') onEvent(message.event);
        else answer = message;
      }
    }
  } catch {
    // the channel broke with the child: its exit code says why
  }
  return answer;
}
