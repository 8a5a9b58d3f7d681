/** What makes a record unreadable, whatever its columns hold. */
export interface QuoteFault {
  /** Index of the field whose quotes are wrong. */
  readonly field: number;
  readonly kind: 'text after the closing quote' | 'quote never closed';
}

export interface CsvRecord {
  /** Line of the file where the record starts, from 1. */
  readonly line: number;
  /** Bytes of the record as Latin-1 characters, without its line end. */
  readonly raw: string;
  /** Unquoted, still bytes; see `decodeBytes`. */
  readonly fields: readonly string[];
  readonly fault: QuoteFault | null;
}

/** Longest record that is believed; a longer one has lost a quote. Kaggle's longest line has 1,500 bytes. */
const MAX_RECORD = 1 << 20;

type FieldState = 'start' | 'plain' | 'quoted' | 'closing' | 'closed';

/** Parses one record that contains quotes, fed line by line (RFC 4180: a quote inside quotes is doubled, line ends are allowed). */
export class QuotedRecord {
  readonly #line: number;
  readonly #fields: string[] = [];
  readonly #raw: string[] = [];
  #length = 0;
  #field = '';
  #state: FieldState = 'start';
  #fault: QuoteFault | null = null;

  constructor(line: number) {
    this.#line = line;
  }

  /** @returns whether the record goes on in the next line */
  feed(line: string): boolean {
    this.#raw.push(line);
    this.#length += line.length + 1;
    for (const char of line) this.#step(char);
    if (this.#state !== 'quoted') return false;
    if (this.#length > MAX_RECORD) return false;
    this.#field += '\n';
    return true;
  }

  finish(): CsvRecord {
    if (this.#state === 'quoted') this.#fault ??= { field: this.#fields.length, kind: 'quote never closed' };
    this.#fields.push(this.#field);
    return { line: this.#line, raw: this.#raw.join('\n'), fields: this.#fields, fault: this.#fault };
  }

  #step(char: string): void {
    if (this.#state === 'quoted') {
      if (char === '"') this.#state = 'closing';
      else this.#field += char;
    } else if (char === ',') {
      this.#fields.push(this.#field);
      this.#field = '';
      this.#state = 'start';
    } else if (char === '"' && this.#state === 'start') {
      this.#state = 'quoted';
    } else if (char === '"' && this.#state === 'closing') {
      this.#field += char;
      this.#state = 'quoted';
    } else if (this.#state === 'closing' && char === ' ') {
      // Blanks between the closing quote and the comma are left out, as DuckDB does.
      this.#state = 'closing';
    } else if (this.#state === 'closing' || this.#state === 'closed') {
      this.#fault ??= { field: this.#fields.length, kind: 'text after the closing quote' };
      this.#field += char;
      this.#state = 'closed';
    } else {
      this.#field += char;
      this.#state = 'plain';
    }
  }
}

/** Text of bytes held as Latin-1 characters; bytes that are not UTF-8 become U+FFFD. */
export function decodeBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
