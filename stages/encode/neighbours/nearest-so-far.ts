import { selectSmallest } from './select-smallest.ts';

/** The k smallest distances offered so far with their labels, and all that are as small as the largest of them. */
export class NearestSoFar {
  #k = 0;
  #count = 0;
  #bound = Number.POSITIVE_INFINITY;
  #distances = new Float64Array(0);
  #labels = new Uint8Array(0);

  /** @param bound a distance within which there are k */
  start(k: number, bound = Number.POSITIVE_INFINITY): void {
    this.#k = k;
    this.#count = 0;
    this.#bound = bound;
    if (this.#distances.length < 2 * k) this.#grow(2 * k);
  }

  /** Whatever is farther than this is not among the k nearest. It is brought up to date when the room is used up, not at each offer. */
  get bound(): number {
    return this.#bound;
  }

  /** @param distance at most {@link bound} */
  add(distance: number, label: number): void {
    if (this.#count === this.#distances.length) this.#keepNearest();
    if (distance > this.#bound) return;
    this.#distances[this.#count] = distance;
    this.#labels[this.#count++] = label;
  }

  /** @returns the mean label, NaN of none; the largest distance; how many there are */
  finish(): { readonly mean: number; readonly farthest: number; readonly count: number } {
    this.#keepNearest();
    let [sum, farthest] = [0, 0];
    for (let at = 0; at < this.#count; at++) {
      sum += this.#labels[at] ?? 0;
      farthest = Math.max(farthest, this.#distances[at] ?? 0);
    }
    return { mean: sum / this.#count, farthest, count: this.#count };
  }

  #keepNearest(): void {
    if (this.#count > this.#k) {
      const bound = selectSmallest(this.#distances, this.#labels, this.#k, this.#count);
      let kept = this.#k;
      // Ties are side by side with nothing else after the selection of one count only: look at all the others.
      for (let at = this.#k; at < this.#count; at++) {
        if ((this.#distances[at] ?? 0) > bound) continue;
        this.#distances[kept] = bound;
        this.#labels[kept++] = this.#labels[at] ?? 0;
      }
      this.#count = kept;
      this.#bound = bound;
    }
    if (this.#count * 2 > this.#distances.length) this.#grow(this.#count * 3);
  }

  #grow(room: number): void {
    const [distances, labels] = [new Float64Array(room), new Uint8Array(room)];
    distances.set(this.#distances.subarray(0, this.#count));
    labels.set(this.#labels.subarray(0, this.#count));
    [this.#distances, this.#labels] = [distances, labels];
  }
}
