import { deserializeError, SluiceError } from '../../errors/sluice-error.ts';
import type { EventBody } from '../../events/event.ts';
import { ChildGroup } from './child-group.ts';
import { type ChildAnswer, type ChildMessage, type ChildOrder, MESSAGE_START } from './child-protocol.ts';
import { bootInSlot, canUseSlots, startInSlot } from './child-slot.ts';
import { crashOf } from './crash-of.ts';
import { spawnChild } from './spawn-child.ts';
import type { ChildCommand, ChildExit, ChildStart } from './started-child.ts';

/** What a child is started with. */
export interface ChildSpec {
  readonly runner: string;
  /** Bound of its JavaScript heap, in MiB; null for Node's own. */
  readonly heapMb: number | null;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface RunChildOptions extends ChildSpec {
  readonly order: ChildOrder;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: EventBody) => void;
}

/** How much of a crashed child's standard error goes into the message. */
const TAIL_CHARS = 4000;
const FLAGS = ['--disable-warning=ExperimentalWarning'];

/**
 * Starts a stage's child, relays its events and waits for its answer.
 * @throws SluiceError of the body; STAGE_TIMEOUT; STAGE_CANCELLED; STAGE_CRASHED with signal or exit code and the last output
 */
export async function runChild(options: RunChildOptions): Promise<ChildAnswer> {
  const { order, signal, onEvent, timeoutMs, heapMb } = options;
  if (signal.aborted) throw cancelled(order.stage);
  const heard = hear(order.stage, onEvent);
  const group = new ChildGroup();
  const stop = (): void => group.stop();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  const exit = await startChild({
    ...commandOf(options),
    order: `${JSON.stringify(order)}\n`,
    onPid: (pid) => group.adopt(pid),
    ...heard,
  }).finally(() => {
    group.release();
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  });
  const message = heard.answer();
  if (timedOut)
    throw new SluiceError('STAGE_TIMEOUT', `stage "${order.stage}" ran longer than ${timeoutMs / 1000} s`, {
      stage: order.stage,
      hint: 'Raise resources.timeout in its declaration.',
    });
  if (message?.type === 'done') return message.result;
  if (signal.aborted) throw cancelled(order.stage);
  if (message?.type === 'error') throw deserializeError(message.error);
  throw crashOf(order.stage, heapMb, exit, heard.tail());
}

function commandOf({ heapMb, runner, env, cwd }: ChildSpec): ChildCommand {
  return { args: [...FLAGS, ...(heapMb === null ? [] : [`--max-old-space-size=${heapMb}`]), runner], env, cwd };
}

/** Has a child for the next stage with this spec load Node and the runner, and wait for its order. Nothing of any body runs in it so far. */
export function bootChild(spec: ChildSpec): void {
  if (canUseSlots()) bootInSlot(commandOf(spec));
}

function startChild(start: ChildStart): Promise<ChildExit> {
  return canUseSlots() ? startInSlot(start) : spawnChild(start);
}

function cancelled(stage: string): SluiceError {
  return new SluiceError('STAGE_CANCELLED', `stage "${stage}" was cancelled`, { stage });
}

type Answer = Exclude<ChildMessage, { type: 'event' }>;

interface Heard extends Pick<ChildStart, 'onOutput' | 'onAnswer'> {
  readonly tail: () => string;
  readonly answer: () => Answer | null;
}

/** Relays what a child says, and keeps the end of its output and its answer. */
function hear(stage: string, onEvent: (event: EventBody) => void): Heard {
  let tail = '';
  let rest = '';
  let answer: Answer | null = null;
  return {
    onOutput: (stream, text) => {
      tail = (tail + text).slice(-TAIL_CHARS);
      onEvent({ type: 'stage.output', stage, stream, text });
    },
    onAnswer: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const message of lines.flatMap(parse)) {
        if (message.type === 'event') onEvent(message.event);
        else answer = message;
      }
    },
    tail: () => tail.trim(),
    answer: () => answer,
  };
}

/** None for a line that is no message: a body may write to any descriptor. */
function parse(line: string): ChildMessage[] {
  if (!line.startsWith(MESSAGE_START)) return [];
  try {
    return [JSON.parse(line.slice(MESSAGE_START.length)) as ChildMessage];
  } catch {
    return [];
  }
}
