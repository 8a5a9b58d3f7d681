import { parentPort } from 'node:worker_threads';
import { type SerializedError, serializeError, toSluiceError } from '../../../../pipeline/index.ts';

export type ThreadAnswer<TAnswer> = { readonly value: TAnswer } | { readonly error: SerializedError };

/** A message to a thread. */
export type ThreadMessage = { readonly asked: unknown } | 'stop';

/** A thread's body: waits for its question, answers once, and ends. */
export async function answerOnce<TAnswer>(work: (asked: never, stop: AbortSignal) => TAnswer | Promise<TAnswer>): Promise<void> {
  const stop = new AbortController();
  const first = await new Promise<ThreadMessage>((resolve) =>
    parentPort?.on('message', (message: ThreadMessage) => {
      if (message === 'stop') stop.abort();
      resolve(message);
    }),
  );
  if (first !== 'stop') parentPort?.postMessage(await answerOf(() => work(first.asked as never, stop.signal)), []);
  parentPort?.close();
}

async function answerOf<TAnswer>(work: () => TAnswer | Promise<TAnswer>): Promise<ThreadAnswer<TAnswer>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: serializeError(toSluiceError(error)) };
  }
}
