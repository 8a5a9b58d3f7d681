import type { BookIndex } from '../book/book-index.ts';
import type { Population } from '../book/population.ts';
import type { RowContributions } from './answers/explanation.ts';
import { ScoreWords } from './answers/score-words.ts';
import type { ExplainerFacts, ServedModel } from './served-model.ts';

/** Contributions of applicants of the book that are kept: 3 kB each. */
const REMEMBERED = 4096;

/** A model that answers: open in the workers until its last call is done. */
export class LiveModel {
  readonly model: ServedModel;
  readonly explainer: ExplainerFacts;
  #index: BookIndex | null = null;
  #words: ScoreWords;
  #calls = 0;
  #retired: (() => Promise<void>) | null = null;
  readonly #contributions = new Map<number, RowContributions>();

  constructor(model: ServedModel, explainer: ExplainerFacts) {
    this.model = model;
    this.explainer = explainer;
    this.#words = new ScoreWords(model, null);
  }

  get key(): string {
    return this.model.kept.key;
  }

  get words(): ScoreWords {
    return this.#words;
  }

  get index(): BookIndex | null {
    return this.#index;
  }

  get population(): Population | null {
    return this.#index?.population ?? null;
  }

  /** From now on people of the book are looked up there. */
  useIndex(index: BookIndex): void {
    this.#index = index;
    this.#words = new ScoreWords(this.model, index.population);
  }

  /** Contributions of somebody of the book, as computed before. */
  remembered(id: number): RowContributions | undefined {
    return this.#contributions.get(id);
  }

  remember(id: number, contributions: RowContributions): void {
    const oldest = this.#contributions.keys().next();
    if (this.#contributions.size >= REMEMBERED && oldest.done !== true) this.#contributions.delete(oldest.value);
    this.#contributions.set(id, contributions);
  }

  /** Does a call that keeps the model open until it is done. */
  async use<T>(work: (live: LiveModel) => Promise<T>): Promise<T> {
    this.#calls += 1;
    try {
      return await work(this);
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0) await this.#retired?.();
    }
  }

  /** Frees it after its last call. @param free closes it in the workers */
  async retire(free: () => Promise<void>): Promise<void> {
    let done = false;
    this.#retired = async () => {
      if (done) return;
      done = true;
      this.#index?.[Symbol.dispose]();
      await free();
    };
    if (this.#calls === 0) await this.#retired();
  }
}
