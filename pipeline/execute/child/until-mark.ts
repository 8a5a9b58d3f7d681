/** Begins a mark: a character that no text of a log and no JSON has. */
const START = '\u0001';

/** Passes a stream's text on up to a mark. What may be the beginning of the mark is held back until the rest of it has come. */
export class UntilMark {
  readonly #mark: string;
  readonly #pass: (text: string) => void;
  #held = '';
  #met = false;

  constructor(mark: string, pass: (text: string) => void) {
    this.#mark = `${START}${mark}\n`;
    this.#pass = pass;
  }

  get met(): boolean {
    return this.#met;
  }

  read(text: string): void {
    const all = this.#held + text;
    const at = all.indexOf(this.#mark);
    this.#met = at >= 0;
    const end = this.#met ? at : heldFrom(all, this.#mark);
    this.#held = this.#met ? '' : all.slice(end);
    if (end > 0) this.#pass(all.slice(0, end));
  }
}

/** Where a part of the mark begins that ends the text; its length when none does. */
function heldFrom(text: string, mark: string): number {
  const from = text.lastIndexOf(START);
  return from >= 0 && mark.startsWith(text.slice(from)) ? from : text.length;
}
