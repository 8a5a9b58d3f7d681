/** Something that takes memory, opened by the first who needs it and shared from then on. */
export class OpenedOnce<T extends Disposable> implements Disposable {
  readonly #open: () => Promise<T>;
  #opened: Promise<T> | null = null;

  constructor(open: () => Promise<T>) {
    this.#open = open;
  }

  get(): Promise<T> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** Frees it where it was opened; while it is being opened, as soon as that is done. */
  [Symbol.dispose](): void {
    void this.#opened?.then(
      (opened) => opened[Symbol.dispose](),
      () => {}, // told to who asked for it
    );
  }
}
