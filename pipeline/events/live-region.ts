const CSI = '\u001B[';

/** The last lines of a terminal that are drawn anew, below permanent lines that scroll away above them. */
export class LiveRegion {
  readonly #write: (text: string) => void;
  #drawn = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Prints permanent lines, then the live ones below. @param live plain lines, none longer than the terminal is wide */
  update(permanent: readonly string[], live: readonly string[]): void {
    if (permanent.length === 0 && live.length === 0 && this.#drawn === 0) return;
    const up = this.#drawn === 0 ? '' : `${CSI}${this.#drawn}A`;
    this.#write(`\r${up}${CSI}J${[...permanent, ...live].map((line) => `${line}\n`).join('')}`);
    this.#drawn = live.length;
  }
}
