import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
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
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** Runs of Float32 in a file, read when asked for: 3 kB of a page that the system keeps take some microseconds. */
export class FloatRuns implements Disposable {
  readonly #file: number;
  readonly #length: number;

  /** @param length numbers of a run */
  constructor(path: string, length: number) {
    this.#file = openSync(path, 'r');
    this.#length = length;
  }

  run(index: number): Float32Array {
    const numbers = new Float32Array(this.#length);
    const bytes = bytesOf(numbers);
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(this.#file, bytes, done, bytes.length - done, index * bytes.length + done);
      if (read === 0) throw new Error(`run ${index} is past the end of the file`);
      done += read;
    }
    return numbers;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
