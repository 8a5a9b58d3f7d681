const SCALAR_BYTES: Readonly<Record<string, number>> = { Z: 0, N: 0, T: 0, F: 0, i: 1, U: 1, C: 1, I: 2, l: 4, d: 4, L: 8, D: 8 };
const MAX_DEPTH = 64;

/** Why bytes are not one whole UBJSON document (https://ubjson.org), or undefined when they are. Values are stepped over, not read. */
export function findUbjsonFault(bytes: Uint8Array): string | undefined {
  try {
    const cursor = new Cursor(bytes);
    skipValue(cursor, cursor.marker(), 0);
    return cursor.at === bytes.length ? undefined : `${bytes.length - cursor.at} bytes follow its end at byte ${cursor.at}`;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

class Cursor {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  marker(): string {
    const marker = this.peek();
    this.at++;
    return marker;
  }

  peek(): string {
    const code = this.#bytes[this.at];
    if (code === undefined) throw new RangeError(`it ends at byte ${this.at} in the middle of a value`);
    return String.fromCharCode(code);
  }

  skip(length: number): void {
    if (length < 0 || this.at + length > this.#bytes.length)
      throw new RangeError(`it ends at byte ${this.#bytes.length}, where ${length} bytes from ${this.at} on were promised`);
    this.at += length;
  }

  /** A length: an integer of the type that its marker names. */
  size(): number {
    const type = this.marker();
    const width = SCALAR_BYTES[type];
    const start = this.at;
    if (width === undefined || !'iUIlL'.includes(type)) throw new RangeError(`byte ${start - 1} should begin a length`);
    this.skip(width);
    if (type === 'i') return this.#view.getInt8(start);
    if (type === 'U') return this.#view.getUint8(start);
    if (type === 'I') return this.#view.getInt16(start);
    return type === 'l' ? this.#view.getInt32(start) : Number(this.#view.getBigInt64(start));
  }
}

function skipValue(cursor: Cursor, marker: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new RangeError(`it is nested deeper than ${MAX_DEPTH} levels at byte ${cursor.at}`);
  const width = SCALAR_BYTES[marker];
  if (width !== undefined) cursor.skip(width);
  else if (marker === 'S' || marker === 'H') cursor.skip(cursor.size());
  else if (marker === '[' || marker === '{') skipContainer(cursor, marker, depth);
  else throw new RangeError(`byte ${cursor.at - 1} begins no value`);
}

function skipContainer(cursor: Cursor, kind: '[' | '{', depth: number): void {
  const type = take(cursor, '$') ? cursor.marker() : undefined;
  const count = take(cursor, '#') ? cursor.size() : undefined;
  const width = type === undefined ? undefined : SCALAR_BYTES[type];
  if (kind === '[' && width !== undefined && count !== undefined) {
    cursor.skip(width * count);
    return;
  }
  const end = kind === '[' ? ']' : '}';
  for (let index = 0; count === undefined || index < count; index++) {
    if (count === undefined && take(cursor, end)) return;
    if (kind === '{') cursor.skip(cursor.size());
    skipValue(cursor, type ?? cursor.marker(), depth + 1);
  }
}

function take(cursor: Cursor, marker: string): boolean {
  if (cursor.peek() !== marker) return false;
  cursor.at++;
  return true;
}
