import { SluiceError } from '../../../pipeline/index.ts';

interface Waiting<TAnswer> {
  readonly row: Float32Array;
  readonly resolve: (answer: TAnswer) => void;
  readonly reject: (error: unknown) => void;
}

export interface MicroBatchOptions<TAnswer> {
  /** Most rows of one native call: what a call may keep others waiting for. */
  readonly most: number;
  /** Most rows that wait; more are turned away. */
  readonly patience: number;
  /** Calls that are with the worker at once: the next is ready when it is done with one. */
  readonly ahead?: number;
  /** @param data row-major. @returns an answer a row */
  readonly work: (rows: number, data: Float32Array) => Promise<readonly TAnswer[]>;
}

/** Rows that are asked for while the worker is busy go into its next call together: one row alone goes at once. */
export class MicroBatches<TAnswer> {
  readonly #options: MicroBatchOptions<TAnswer>;
  #waiting: Waiting<TAnswer>[] = [];
  #under = 0;
  #scheduled = false;

  constructor(options: MicroBatchOptions<TAnswer>) {
    this.#options = options;
  }

  /** Rows that wait for a call. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** @throws SluiceError SERVING_BUSY */
  async add(row: Float32Array): Promise<TAnswer> {
    requireRoom(this.#waiting.length, this.#options.patience);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      this.#schedule();
    });
  }

  /** After the events that are there already: all that came with them shares a call. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#waiting.length > 0 && this.#under < (this.#options.ahead ?? 2)) void this.#send();
    });
  }

  async #alone(row: Float32Array): Promise<TAnswer> {
    const [answer] = await this.#options.work(1, row.slice());
    if (answer === undefined) throw new SluiceError('INTERNAL', 'a call of one row gave no answer');
    return answer;
  }

  async #send(): Promise<void> {
    const batch = this.#waiting.slice(0, this.#options.most);
    this.#waiting = this.#waiting.slice(batch.length);
    this.#under += 1;
    try {
      const width = batch[0]?.row.length ?? 0;
      const data = new Float32Array(width * batch.length);
      batch.forEach(({ row }, at) => data.set(row, at * width));
      const answers = await this.#options.work(batch.length, data);
      batch.forEach(({ resolve, reject }, at) => {
        const answer = answers[at];
        if (answer === undefined) reject(new SluiceError('INTERNAL', `a call of ${batch.length} rows gave ${answers.length} answers`));
        else resolve(answer);
      });
    } catch (error) {
      // One row that cannot be computed is nobody else's business: the others go again, each by itself.
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const { row, resolve, reject } of batch) void this.#alone(row).then(resolve, reject);
    } finally {
      this.#under -= 1;
      if (this.#waiting.length > 0) this.#schedule();
    }
  }
}

/** @throws SluiceError SERVING_BUSY where as many wait as may */
export function requireRoom(waiting: number, most: number): void {
  if (waiting < most) return;
  throw new SluiceError('SERVING_BUSY', `${waiting} calls wait for the model already`, { hint: 'Try again in a moment.' });
}
