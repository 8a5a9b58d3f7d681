import type { Lane, LaneContract } from './lane.ts';

/** Started by the first who asks, ended when nobody has asked for a while: what it takes of memory is taken while it is needed. */
export class LaneOnDemand<TRequests extends LaneContract> {
  readonly #start: () => Lane<TRequests>;
  readonly #idleMs: number;
  #lane: Lane<TRequests> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> = Promise.resolve();

  constructor(start: () => Lane<TRequests>, idleMs: number) {
    this.#start = start;
    this.#idleMs = idleMs;
  }

  /** Calls that were asked and not answered. */
  get waiting(): number {
    return this.#lane?.waiting ?? 0;
  }

  async call<K extends keyof TRequests & string>(kind: K, ask: TRequests[K]['ask']): Promise<TRequests[K]['answer']> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    // One that was killed from outside is nobody's to wait for.
    const lane = this.#lane === null || this.#lane.ended ? this.#start() : this.#lane;
    this.#lane = lane;
    try {
      return await lane.call(kind, ask);
    } finally {
      if (lane.waiting === 0) this.#rest();
    }
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#end();
    await this.#closing;
  }

  #rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), this.#idleMs).unref();
  }

  #end(): void {
    const lane = this.#lane;
    this.#lane = null;
    if (lane !== null) this.#closing = Promise.all([this.#closing, lane.close()]).then(() => {});
  }
}
