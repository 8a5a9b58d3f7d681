import { Worker } from 'node:worker_threads';
import { deserializeError, messageOf, SluiceError } from '../../../../pipeline/index.ts';
import type { ThreadAnswer } from './answer-once.ts';

/** A thread that answers one question. Disposed, it has ended: earlier than it would have, where nobody waits for it any more. */
export interface Thread<TAnswer> extends AsyncDisposable {
  /** @throws SluiceError as its work does; INTERNAL where the thread is gone without an answer */
  readonly answer: Promise<TAnswer>;
}

/** What a thread allocates in the heap is short-lived; its numbers lie beside it. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

/** @param file the bundled module, whose body is answerOnce. @param asked plain data @param signal ends it early */
export function threadOf<TAnswer>(file: string, asked: unknown, signal: AbortSignal): Thread<TAnswer> {
  // The parent's own flags are none of its business: --experimental-vm-modules of the tests, say.
  const worker = new Worker(file, { workerData: asked, execArgv: [], resourceLimits: LIMITS });
  const stop = (): void => worker.postMessage('stop', []);
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
