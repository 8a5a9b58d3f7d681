/** Arrays that one column after the other uses: taking megabytes anew for each costs more than what is done in them. */
export class NumberBuffers {
  readonly #kept = new Map<string, Float64Array>();
  #counters: readonly [Uint32Array, Uint32Array] = [new Uint32Array(), new Uint32Array()];

  /** Two counters of so many places, all at nought; the same arrays each time. */
  counters(places: number): readonly [Uint32Array, Uint32Array] {
    const [one, other] = this.#counters;
    if (one.length !== places) this.#counters = [new Uint32Array(places), new Uint32Array(places)];
    else {
      one.fill(0);
      other.fill(0);
    }
    return this.#counters;
  }

  /** An array of that length, with anything in it. What was taken under the same name before is no longer its owner's. */
  take(name: string, length: number): Float64Array {
    const kept = this.#kept.get(name);
    if (kept !== undefined && kept.length >= length) return kept.subarray(0, length);
    const grown = new Float64Array(length);
    this.#kept.set(name, grown);
    return grown;
  }
}
