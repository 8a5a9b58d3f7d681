import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Listing } from './listing.ts';
import { placeOf } from './place-of.ts';
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
  readonly #folder: string;
  #listing: Listing | null = null;

  /** @param folder as `prepare-index.ts` makes it. @param features of the model, in its order */
  constructor(folder: string, features: readonly string[]) {
    this.#folder = folder;
    this.ids = readWholes(join(folder, INDEX_FILES.ids));
    this.#rows = new FloatRuns(join(folder, INDEX_FILES.rows), features.length);
    this.population = existsSync(join(folder, INDEX_FILES.record)) ? new Population(folder, this.ids) : null;
  }

  /** The model's input of somebody; null where nobody has the id. */
  row(id: number): Float32Array | null {
    const place = placeOf(this.ids, id);
    return place === null ? null : this.#rows.run(place);
  }

  /** What the list shows of everybody; read when it is first asked for. */
  get listing(): Listing {
    this.#listing ??= new Listing(this.#folder, this.ids);
    return this.#listing;
  }

  [Symbol.dispose](): void {
    this.#rows[Symbol.dispose]();
    this.population?.[Symbol.dispose]();
  }
}
