import { deserializeError, type SerializedError, SluiceError } from '../../../pipeline/index.ts';

/** What a worker answers. */
export type LaneReply = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: SerializedError }
);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Where requests are answered: a thread or a process. */
export interface LaneWorker {
  readonly post: (
    asked: { readonly id: number; readonly kind: string; readonly ask: unknown } | null,
    transfer: readonly ArrayBuffer[],
  ) => void;
  readonly onReply: (listener: (reply: LaneReply) => void) => void;
  /** @param why in words */
  readonly onEnd: (listener: (why: string) => void) => void;
}

export type LaneContract = Record<string, { readonly ask: unknown; readonly answer: unknown }>;

/** One worker beside the loop that serves: native calls block it, and not that. Requests are answered in turn. */
export class Lane<TRequests extends LaneContract> {
  readonly #worker: LaneWorker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended: SluiceError | null = null;
  #onEnded: () => void = () => {};

  constructor(worker: LaneWorker) {
    this.#worker = worker;
    worker.onReply((reply) => this.#settle(reply));
    worker.onEnd((why) => this.#end(why));
  }

  /** Calls that were asked and not answered. */
  get waiting(): number {
    return this.#waiting.size;
  }

  get ended(): boolean {
    return this.#ended !== null;
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
    this.#worker.post({ id, kind, ask }, transfer);
    return answer;
  }

  /** Lets the worker free what it holds and end. */
  async close(): Promise<void> {
    if (this.#ended !== null) return;
    const ended = new Promise<void>((resolve) => (this.#onEnded = resolve));
    this.#worker.post(null, []);
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
    this.#onEnded();
  }
}
