import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INDEX_FILES, type PopulationRecord, populationSchema } from './population-schema.ts';
import { FloatRuns, readBytes, readDoubles, readFloats, readWholes } from './typed-file.ts';

export interface Neighbour {
  /** Place in the population. */
  readonly at: number;
  readonly distance: number;
}

/** Clients whom applicants are compared with; what is asked for often is in memory, features are read by column. */
export class Population implements Disposable {
  readonly record: PopulationRecord;
  /** 1 for a default. */
  readonly outcomes: Uint8Array;
  readonly calibrated: Float64Array;
  readonly #ids: Int32Array;
  readonly #concepts: Float32Array;
  readonly #values: FloatRuns;

  constructor(folder: string, ids: Int32Array) {
    this.record = populationSchema.parse(JSON.parse(readFileSync(join(folder, INDEX_FILES.record), 'utf8')));
    this.outcomes = readBytes(join(folder, INDEX_FILES.outcomes));
    this.calibrated = readDoubles(join(folder, INDEX_FILES.calibrated));
    this.#ids = Int32Array.from(readWholes(join(folder, INDEX_FILES.places)), (place) => ids[place] ?? 0);
    this.#concepts = readFloats(join(folder, INDEX_FILES.concepts));
    this.#values = new FloatRuns(join(folder, INDEX_FILES.values), this.record.clients);
  }

  get clients(): number {
    return this.record.clients;
  }

  idAt(at: number): number {
    return this.#ids[at] ?? 0;
  }

  /** A feature of everybody, NaN where unknown. @param column of the model's features */
  column(column: number): Float32Array {
    return this.#values.run(column);
  }

  /** The nearest by contributions, Euclidean over the concepts of the record. @param but an id that is not its own neighbour */
  nearest(sums: readonly number[], count: number, but: number | null): readonly Neighbour[] {
    const width = sums.length;
    // Ascending, never more than are asked for: most clients are further away than the last, and are compared once.
    const nearest: { readonly at: number; readonly square: number }[] = [];
    for (let at = 0; at < this.clients; at++) {
      let square = 0;
      for (let concept = 0; concept < width; concept++) square += ((this.#concepts[at * width + concept] ?? 0) - (sums[concept] ?? 0)) ** 2;
      if ((nearest.length === count && square >= (nearest.at(-1)?.square ?? 0)) || (but !== null && this.#ids[at] === but)) continue;
      const place = nearest.findLastIndex((other) => other.square <= square) + 1;
      nearest.splice(place, 0, { at, square });
      if (nearest.length > count) nearest.pop();
    }
    return nearest.map(({ at, square }) => ({ at, distance: Math.sqrt(square) }));
  }

  [Symbol.dispose](): void {
    this.#values[Symbol.dispose]();
  }
}
