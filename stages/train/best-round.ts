/** The round of least loss seen so far; done once no round has improved it for `patience` rounds, and then it changes no more. */
export class BestRound {
  readonly #patience: number;
  #round = 0;
  #loss = Number.POSITIVE_INFINITY;
  #done = false;

  constructor(patience: number) {
    this.#patience = patience;
  }

  /** Counts from 1; 0 before the first. */
  get round(): number {
    return this.#round;
  }

  get done(): boolean {
    return this.#done;
  }

  /** @param round one more than the last time @returns whether it is the best so far */
  offer(round: number, loss: number): boolean {
    if (this.#done) return false;
    if (loss < this.#loss) {
      this.#round = round;
      this.#loss = loss;
      return true;
    }
    this.#done = round - this.#round >= this.#patience;
    return false;
  }
}
