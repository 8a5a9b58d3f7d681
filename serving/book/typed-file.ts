import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Writes numbers one after the other, as this machine has them: little-endian on all that Node runs on here. */
export async function writeNumbers(path: string, numbers: Numbers, how: 'w' | 'a' = 'w'): Promise<void> {
  const file = await open(path, how);
  try {
    await file.write(bytesOf(numbers));
    await file.sync();
  } finally {
    await file.close();
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** All numbers of a file. */
export function readFloats(path: string): Float32Array {
  return new Float32Array(aligned(path));
}
export function readDoubles(path: string): Float64Array {
  return new Float64Array(aligned(path));
}
export function readWholes(path: string): Int32Array {
  return new Int32Array(aligned(path));
}
export function readBytes(path: string): Uint8Array {
  return new Uint8Array(aligned(path));
}

function aligned(path: string): ArrayBuffer {
  using file = new ByteRuns(path);
  return file.read(0, file.bytes).buffer;
}

/** Pieces of a file, read when asked for: some kB of a page that the system keeps take microseconds. */
export class ByteRuns implements Disposable {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
  }

  get bytes(): number {
    return fstatSync(this.#file).size;
  }

  read(from: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.#file, bytes, done, length - done, from + done);
      if (read === 0) throw new Error(`byte ${from + done} is past the end of the file`);
      done += read;
    }
    return bytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

/** Runs of Float32 in a file. */
export class FloatRuns implements Disposable {
  readonly #bytes: ByteRuns;
  readonly #length: number;

  /** @param length numbers of a run */
  constructor(path: string, length: number) {
    this.#bytes = new ByteRuns(path);
    this.#length = length;
  }

  run(index: number): Float32Array {
    const bytes = this.#length * Float32Array.BYTES_PER_ELEMENT;
    return new Float32Array(this.#bytes.read(index * bytes, bytes).buffer);
  }

  [Symbol.dispose](): void {
    this.#bytes[Symbol.dispose]();
  }
}
