import { Worker } from 'node:worker_threads';
import { deserializeError, messageOf, type SerializedError, SluiceError } from '../../../pipeline/index.ts';

/** What a worker answers. */
export type LaneReply = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: SerializedError }
);

/** Small generations: what a worker allocates is short-lived, and three of them share the memory of one process. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One worker thread: native calls block it, and not the loop that serves. Requests are answered in turn. */
export class Lane<TRequests extends Record<string, { readonly ask: unknown; readonly answer: unknown }>> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended: SluiceError | null = null;

  /** @param file the bundled worker. @param workerData what it starts with */
  constructor(file: string, workerData: unknown) {
    // The parent's own flags are none of its business: --experimental-vm-modules of the tests, say.
    this.#worker = new Worker(file, { workerData, execArgv: ['--disable-warning=ExperimentalWarning'], resourceLimits: LIMITS });
    this.#worker.on('message', (reply: LaneReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#end(messageOf(error)));
    this.#worker.on('exit', (code) => this.#end(`it ended with code ${code}`));
  }

  /** Calls that were asked and not answered. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** @param transfer buffers that the worker takes over */
  call<K extends keyof TRequests & string>(
    kind: K,
    ask: TRequests[K]['ask'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<TRequests[K]['answer']> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const id = this.#next++;
    const answer = new Promise<TRequests[K]['answer']>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, kind, ask }, [...transfer]);
    return answer;
  }

  /** Lets the worker free what it holds and end. */
  async close(): Promise<void> {
    if (this.#ended !== null) return;
    const ended = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.postMessage(null, []);
    await ended;
  }

  #settle(reply: LaneReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(deserializeError(reply.error));
  }

  #end(why: string): void {
    this.#ended ??= new SluiceError('SERVING_CLOSED', `the scorer's worker is gone: ${why}`, { hint: 'Start serving again.' });
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
