import { didYouMean, SluiceError } from '../../pipeline/index.ts';
import type { PlausibleRanges } from '../../stages/explanations/counterfactual/plausible-ranges.ts';
import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import type { ApplicantBook } from '../book/applicant-book.ts';
import type { BookIndex } from '../book/book-index.ts';
import { progressText } from '../book/prepare/progress-text.ts';
import type { PrepareProgress } from '../book/prepare/prepare-order.ts';
import type { SetAside } from '../book/set-aside.ts';
import type { Population } from '../book/population.ts';
import type { RowContributions } from './answers/explanation.ts';
import { ScoreWords } from './answers/score-words.ts';
import type { ExplainerFacts, ServedModel } from './served-model.ts';

/** Contributions of applicants of the book that are kept: 3 kB each. */
const REMEMBERED = 4096;

/** Where the book and the index of a model are: made behind the answers, in use, or not there at all. */
type BookState =
  /** Why it could not be made; null where there are no tables to make it of. */
  | { readonly kind: 'none'; readonly because: string | null }
  /** Raw rows of the book can be read before the index is there. */
  | { readonly kind: 'preparing'; readonly progress: PrepareProgress; readonly book: ApplicantBook | null }
  | { readonly kind: 'ready'; readonly index: BookIndex; readonly book: ApplicantBook; readonly setAside: SetAside | null };

/** A model that answers: open in the workers until its last call is done. */
export class LiveModel {
  readonly model: ServedModel;
  readonly explainer: ExplainerFacts;
  #book: BookState = { kind: 'none', because: null };
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

  /** Raw rows by applicant; null where they cannot be read, or not yet. */
  get book(): ApplicantBook | null {
    return this.#book.kind === 'none' ? null : this.#book.book;
  }

  get index(): BookIndex | null {
    return this.#book.kind === 'ready' ? this.#book.index : null;
  }

  /** How far the book and the index are; null where they are not being made. */
  get preparing(): PrepareProgress | null {
    return this.#book.kind === 'preparing' ? this.#book.progress : null;
  }

  /** Why there is no book though there are tables for one; null otherwise. */
  get bookFailure(): string | null {
    return this.#book.kind === 'none' ? this.#book.because : null;
  }

  /** Rows that are in no book; null where all are. */
  get setAside(): SetAside | null {
    return this.#book.kind === 'ready' ? this.#book.setAside : null;
  }

  get population(): Population | null {
    return this.index?.population ?? null;
  }

  /** What is usual to ask for, by kind of contract; empty without a population. */
  get ranges(): readonly PlausibleRanges[] {
    return this.population?.record.ranges ?? [];
  }

  /** @throws SluiceError BOOK_PREPARING while it is made, ARTIFACT_MISSING where there is none */
  requireIndex(): BookIndex {
    this.#requirePrepared();
    if (this.index !== null) return this.index;
    throw new SluiceError('ARTIFACT_MISSING', 'there is no book of applicants here', {
      hint: 'It is made of the store’s last good tables: run the pipeline with `make run`, then start serving again.',
    });
  }

  /** @throws SluiceError BOOK_PREPARING while it is made, ARTIFACT_MISSING where there is none */
  requirePopulation(): Population {
    this.#requirePrepared();
    if (this.population !== null) return this.population;
    throw new SluiceError('ARTIFACT_MISSING', 'there is no population to compare applicants with', {
      hint: 'It is made when serving starts, from the store’s last holdout: run the pipeline with `make run`, then start serving again.',
    });
  }

  /** Nobody is told that somebody is not there who is merely not there yet. @throws SluiceError BOOK_PREPARING until raw rows can be read, ARTIFACT_MISSING where that failed */
  requireRows(): void {
    if (this.book === null) this.#requirePrepared();
  }

  #requirePrepared(): void {
    if (this.bookFailure !== null)
      throw new SluiceError('ARTIFACT_MISSING', `the applicants of the book could not be prepared: ${this.bookFailure}`, {
        hint: 'Correct what the server’s log names and start serving again. Raw rows are scored meanwhile.',
      });
    if (this.preparing === null) return;
    throw new SluiceError('BOOK_PREPARING', `the applicants of the book are being prepared: ${progressText(this.preparing)}`, {
      hint: 'Wait and ask again: it is done once for a model and its tables. Raw rows are scored meanwhile.',
    });
  }

  /** A feature's place among the model's inputs, and what it is. @param field of the question that named it. @throws SluiceError DATA_BAD_VALUE for one that the model does not read */
  requireFeature(feature: string, field = 'feature'): { readonly column: number; readonly label: Sentence } {
    const column = this.model.features.indexOf(feature);
    const label = this.model.descriptions[column];
    if (label !== undefined) return { column, label };
    throw new SluiceError('DATA_BAD_VALUE', `the model has no feature "${feature}".${didYouMean(feature, this.model.features)}`, {
      hint: 'Name a feature that the model reads: the list of features has them all.',
      data: { field, value: feature },
    });
  }

  /** The book and the index are on their way. @param book once raw rows can be read */
  prepare(progress: PrepareProgress, book: ApplicantBook | null): void {
    this.#book = { kind: 'preparing', progress, book };
  }

  /** There will be no book. @param because why, where there are tables for one */
  withoutBook(because: string | null): void {
    this.#book = { kind: 'none', because };
  }

  /** From now on people of the book are looked up there. */
  useIndex(index: BookIndex, book: ApplicantBook, setAside: SetAside | null): void {
    this.#book = { kind: 'ready', index, book, setAside };
    this.#words = new ScoreWords(this.model, index.population, book);
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
      this.index?.[Symbol.dispose]();
      await free();
    };
    if (this.#calls === 0) await this.#retired();
  }
}
