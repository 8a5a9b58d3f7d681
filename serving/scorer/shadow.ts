import type { ScorerStatus } from './model-overview.ts';

/** Scores of the challenger that may be under way: what comes on top is left out. */
const AT_ONCE = 16;

/** Counts what another model would say of the same applicants, without holding up any answer. */
export class Shadow {
  #scored = 0;
  #dropped = 0;
  #failed = 0;
  #differ = 0;
  #sum = 0;
  #under = 0;

  get counts(): ScorerStatus['shadow'] {
    return {
      scored: this.#scored,
      dropped: this.#dropped,
      failed: this.#failed,
      differ: this.#differ,
      meanDifference: this.#scored === 0 ? null : this.#sum / this.#scored,
    };
  }

  /** @param score the challenger's word on the applicant; not waited for */
  compare(
    champion: { readonly probability: number; readonly refuses: boolean },
    score: () => Promise<{ readonly probability: number; readonly refuses: boolean }>,
  ): void {
    if (this.#under >= AT_ONCE) {
      this.#dropped += 1;
      return;
    }
    this.#under += 1;
    void score()
      .then(
        (own) => {
          this.#scored += 1;
          this.#sum += Math.abs(own.probability - champion.probability);
          if (own.refuses !== champion.refuses) this.#differ += 1;
        },
        () => {
          this.#failed += 1;
        },
      )
      .finally(() => (this.#under -= 1));
  }
}
