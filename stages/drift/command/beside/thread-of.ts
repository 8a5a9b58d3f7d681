import { Worker } from 'node:worker_threads';
import { deserializeError, messageOf, SluiceError } from '../../../../pipeline/index.ts';
import type { ThreadAnswer, ThreadMessage } from './answer-once.ts';

/** A thread that answers one question. Disposed, it has ended: earlier than it would have, where nobody waits for it any more. */
export interface Thread<TAsked, TAnswer> extends AsyncDisposable {
  /** To be called once, with plain data; it takes a while to load what it needs, so it may be started long before. */
  readonly ask: (asked: TAsked) => void;
  /** @throws SluiceError as its work does; INTERNAL where the thread is gone without an answer */
  readonly answer: Promise<TAnswer>;
}

/** What a thread allocates in the heap is short-lived; its numbers lie beside it. */
const LIMITS = { maxYoungGenerationSizeMb: 12 };

/** @param file the bundled module, whose body is answerOnce. @param signal ends it early */
export function threadOf<TAsked, TAnswer>(file: string, signal: AbortSignal): Thread<TAsked, TAnswer> {
  // The parent's own flags are none of its business: --experimental-vm-modules of the tests, say.
  const worker = new Worker(file, { execArgv: [], resourceLimits: LIMITS });
  const tell = (message: ThreadMessage): void => worker.postMessage(message, []);
  const stop = (): void => tell('stop');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const answer = new Promise<TAnswer>((resolve, reject) => {
    worker.once('message', (answered: ThreadAnswer<TAnswer>) => {
      if ('value' in answered) resolve(answered.value);
      else reject(deserializeError(answered.error));
    });
    worker.once('error', (error) => reject(gone(messageOf(error))));
    worker.once('exit', (code) => reject(gone(`it ended with code ${code}`)));
  });
  // Whoever waits is told; nobody may.
  answer.catch(() => null);
  return {
    ask: (asked) => tell({ asked }),
    answer,
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', stop);
      stop();
      await ended;
    },
  };
}

function gone(why: string): SluiceError {
  return new SluiceError('INTERNAL', `a thread of the comparison is gone: ${why}`);
}
