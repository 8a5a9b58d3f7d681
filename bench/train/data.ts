import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FloatMatrix } from '../../pipeline/index.ts';

export interface Size {
  readonly folder: string;
  readonly rows: number;
  readonly columns: number;
}

const names = (columns: number): string[] => Array.from({ length: columns }, (_, at) => `f${at}`);

/** Writes a made-up book once: a third of the columns are counts, a tenth of the values unknown, 8 % default by what the first ten say. */
export function makeData({ folder, rows, columns }: Size): void {
  const stamp = join(folder, `${rows}x${columns}`);
  if (existsSync(stamp)) return;
  mkdirSync(folder, { recursive: true });
  const next = xorshift(12_345);
  const label = new Float32Array(rows);
  const file = openSync(join(folder, 'data.f32'), 'w');
  for (let from = 0; from < rows; from += 10_000) {
    const part = new Float32Array(Math.min(10_000, rows - from) * columns);
    for (let at = 0; at < part.length; at++) part[at] = drawValue(next, at % columns);
    for (let at = 0; at < part.length / columns; at++) {
      let signal = -4;
      for (let column = 0; column < 10; column++) signal += (part[at * columns + column] || 0) * (column % 3 === 0 ? 0.1 : 0.8);
      label[from + at] = next() < 1 / (1 + Math.exp(-signal + 1.5)) ? 1 : 0;
    }
    writeSync(file, new Uint8Array(part.buffer));
  }
  closeSync(file);
  writeFileSync(join(folder, 'label.f32'), new Uint8Array(label.buffer));
  writeFileSync(stamp, '');
}

/** The first rows of the book, read into one array. */
export function readData({ folder, rows, columns }: Size): FloatMatrix {
  const data = new Float32Array(rows * columns);
  const bytes = new Uint8Array(data.buffer);
  const file = openSync(join(folder, 'data.f32'), 'r');
  for (let at = 0; at < bytes.length;) at += readSync(file, bytes, at, Math.min(1 << 26, bytes.length - at), at);
  closeSync(file);
  return { rows, columns: names(columns), data };
}

export function readLabel({ folder }: Size): Float32Array {
  return new Float32Array(Uint8Array.from(readFileSync(join(folder, 'label.f32'))).buffer);
}

function drawValue(next: () => number, column: number): number {
  if (next() < 0.1) return Number.NaN;
  return column % 3 === 0 ? Math.floor(next() * 12) : next();
}

/** Marsaglia's xorshift32, on [0, 1). */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}
