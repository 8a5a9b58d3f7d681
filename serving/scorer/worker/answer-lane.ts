import process from 'node:process';
import { isMainThread, parentPort } from 'node:worker_threads';
import { serializeError, SluiceError, toSluiceError } from '../../../pipeline/index.ts';
import type { LaneReply } from './lane.ts';

interface Asked {
  readonly id: number;
  readonly kind: string;
  readonly ask: unknown;
}

/** What a handler gives back: the answer, and buffers of it that need not be copied. */
export interface Answered {
  readonly value: unknown;
  readonly transfer?: readonly ArrayBuffer[];
}

/** How the other side is spoken to: of a thread, or of a process. */
interface Port {
  readonly listen: (to: (asked: Asked | null) => void) => void;
  readonly post: (reply: LaneReply, transfer: readonly ArrayBuffer[]) => void;
  readonly close: () => void;
}

/**
 * The worker's side of a {@link Lane}: answers requests one after the other, by kind; at the parent's goodbye frees and ends.
 * @param handlers get what the other side asked, of the type that both agreed on
 */
export function answerLane(handlers: Readonly<Record<string, (ask: never) => Answered | Promise<Answered>>>, free: () => void): void {
  const port = isMainThread ? portOfProcess() : portOfThread();
  let last: Promise<void> = Promise.resolve();
  port.listen((asked) => {
    last = last.then(async () => {
      if (asked === null) {
        free();
        port.close();
        return;
      }
      const { reply, transfer = [] } = await answer(handlers, asked);
      port.post(reply, transfer);
    });
  });
}

function portOfThread(): Port {
  const port = parentPort;
  if (port === null) throw new SluiceError('INTERNAL', 'this module runs in a worker thread');
  return {
    listen: (to) => port.on('message', to),
    post: (reply, transfer) => port.postMessage(reply, [...transfer]),
    close: () => port.close(),
  };
}

/** A signal to the whole group, such as Ctrl-C, is for the parent to decide on; without the parent there is nobody to answer. */
function portOfProcess(): Port {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit());
  return {
    listen: (to) => process.on('message', (asked) => to(asked as Asked)),
    post: (reply) => process.send?.(reply),
    close: () => process.exit(),
  };
}

async function answer(
  handlers: Readonly<Record<string, (ask: never) => Answered | Promise<Answered>>>,
  { id, kind, ask }: Asked,
): Promise<{ readonly reply: LaneReply; readonly transfer?: readonly ArrayBuffer[] }> {
  try {
    const handler = handlers[kind];
    if (handler === undefined) throw new SluiceError('INTERNAL', `a worker was asked for "${kind}"`);
    const { value, transfer = [] } = await handler(ask as never);
    return { reply: { id, ok: true, value }, transfer };
  } catch (error) {
    return { reply: { id, ok: false, error: plain(error) } };
  }
}

/** An error's data may hold what cannot cross threads. */
function plain(error: unknown): Extract<LaneReply, { ok: false }>['error'] {
  const serialized = serializeError(toSluiceError(error));
  return JSON.parse(JSON.stringify(serialized)) as typeof serialized;
}
