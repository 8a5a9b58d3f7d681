import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { INDEX_FILES } from './population-schema.ts';
import { Population } from './population.ts';
import { FloatRuns, readWholes } from './typed-file.ts';

/** Everybody in the book with the model's input of each, on disk, and the population that applicants are compared with. */
export class BookIndex implements Disposable {
  /** Ascending. */
  readonly ids: Int32Array;
  /** Null where the store has no holdout to compare with. */
  readonly population: Population | null;
  readonly #rows: FloatRuns;

  /** @param folder as `prepare-index.ts` makes it. @param features of the model, in its order */
  constructor(folder: string, features: readonly string[]) {
    this.ids = readWholes(join(folder, INDEX_FILES.ids));
    this.#rows = new FloatRuns(join(folder, INDEX_FILES.rows), features.length);
    this.population = existsSync(join(folder, INDEX_FILES.record)) ? new Population(folder, this.ids) : null;
  }

  /** The model's input of somebody; null where nobody has the id. */
  row(id: number): Float32Array | null {
    const place = this.#place(id);
    return this.ids[place] === id ? this.#rows.run(place) : null;
  }

  /** Ids that begin with some digits, after one of them, ascending. */
  list({ prefix = '', after = -1, limit }: { readonly prefix?: string; readonly after?: number; readonly limit: number }): {
    readonly ids: readonly number[];
    readonly total: number;
  } {
    const ids: number[] = [];
    let total = 0;
    for (const [from, to] of rangesOf(prefix)) {
      const [start, end] = [this.#place(from), this.#place(to)];
      total += end - start;
      for (let at = Math.max(start, this.#place(after + 1)); at < end && ids.length < limit; at++) ids.push(this.ids[at] ?? 0);
    }
    return { ids, total };
  }

  [Symbol.dispose](): void {
    this.#rows[Symbol.dispose]();
    this.population?.[Symbol.dispose]();
  }

  /** How many ids are below. */
  #place(id: number): number {
    let [low, high] = [0, this.ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Ids that begin with these digits lie in a range for each number of digits that may follow. */
function rangesOf(prefix: string): readonly (readonly [from: number, to: number])[] {
  if (prefix === '') return [[0, 2 ** 31]];
  const start = Number(prefix);
  const ranges: (readonly [number, number])[] = [];
  for (let scale = 1; start * scale < 2 ** 31; scale *= 10) {
    ranges.push([start * scale, (start + 1) * scale]);
    if (start === 0) break;
  }
  return ranges;
}
