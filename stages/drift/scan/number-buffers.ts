/** Arrays that one column after the other uses: taking megabytes anew for each costs more than what is done in them. */
export class NumberBuffers {
  readonly #kept = new Map<string, Float64Array>();

  /** An array of that length, with anything in it. What was taken under the same name before is no longer its owner's. */
  take(name: string, length: number): Float64Array {
    const kept = this.#kept.get(name);
    if (kept !== undefined && kept.length >= length) return kept.subarray(0, length);
    const grown = new Float64Array(length);
    this.#kept.set(name, grown);
    return grown;
  }
}
