import { parentPort, workerData } from 'node:worker_threads';
import { type SerializedError, serializeError, toSluiceError } from '../../../../pipeline/index.ts';

export type ThreadAnswer<TAnswer> = { readonly value: TAnswer } | { readonly error: SerializedError };

/** A thread's body: works on what it was started with, answers once, and ends. Any message means: stop. */
export async function answerOnce<TAnswer>(work: (asked: never, stop: AbortSignal) => TAnswer | Promise<TAnswer>): Promise<void> {
  const stop = new AbortController();
  parentPort?.once('message', () => stop.abort());
  const answered = await answerOf(() => work(workerData as never, stop.signal));
  parentPort?.postMessage(answered, []);
  parentPort?.close();
}

async function answerOf<TAnswer>(work: () => TAnswer | Promise<TAnswer>): Promise<ThreadAnswer<TAnswer>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: serializeError(toSluiceError(error)) };
  }
}
