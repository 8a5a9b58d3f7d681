import type { NumberBuffers } from './number-buffers.ts';

/** Below this the library's own sort is as quick. */
const MANY = 10_000;
const RADIX = 65_536;
/** Steps a number that insertion may take on average; past them the library's own sort goes on. */
const PATIENCE = 8;

/**
 * Sorts finite numbers where they lie, ascending: by the two upper digits of 16 bits, the lower first, and what agrees in both by insertion, which takes a fifth of the time
 * of comparing. A number's bits count up with its size where the sign is turned over, and of a negative number all bits.
 * @returns the same array
 */
export function sortNumbers(values: Float64Array, buffers: NumberBuffers): Float64Array {
  const { length } = values;
  if (length < MANY) return byComparison(values);
  const { low, high } = places(values, buffers);
  const half = buffers.take('half', length);
  scatter(values, half, { places: low, shift: 0 });
  scatter(half, values, { places: high, shift: 16 });
  return insertLate(values);
}

/** Low word first, as every machine that Node runs on has them. */
function upperWords(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

function turned(word: number): number {
  return (word >>> 31 === 1 ? ~word : word ^ 0x8000_0000) >>> 0;
}

interface Places {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Where the numbers of each digit begin. */
function places(values: Float64Array, buffers: NumberBuffers): Places {
  const words = upperWords(values);
  const [low, high] = buffers.counters(RADIX);
  for (let at = 1; at < words.length; at += 2) {
    const key = turned(words[at] ?? 0);
    low[key & 0xffff] = (low[key & 0xffff] ?? 0) + 1;
    high[key >>> 16] = (high[key >>> 16] ?? 0) + 1;
  }
  return { low: summed(low), high: summed(high) };
}

function summed(counts: Uint32Array): Uint32Array {
  let sum = 0;
  for (let value = 0; value < RADIX; value++) {
    const own = counts[value] ?? 0;
    counts[value] = sum;
    sum += own;
  }
  return counts;
}

/** Copies each number to its place by one digit, those with the same digit in their order. */
function scatter(
  from: Float64Array,
  to: Float64Array,
  { places: next, shift }: { readonly places: Uint32Array; readonly shift: number },
): void {
  const words = upperWords(from);
  for (let at = 0; at < from.length; at++) {
    const key = (turned(words[2 * at + 1] ?? 0) >>> shift) & 0xffff;
    const place = next[key] ?? 0;
    next[key] = place + 1;
    to[place] = from[at] ?? 0;
  }
}

/** Moves what stands too late to its place; that is few and near, unless many numbers agree in their upper halves. */
function insertLate(values: Float64Array): Float64Array {
  let [patience, before] = [PATIENCE * values.length, values[0] ?? 0];
  for (let at = 1; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (value >= before) {
      before = value;
      continue;
    }
    let place = at;
    for (; place > 0 && (values[place - 1] ?? 0) > value; place--) values[place] = values[place - 1] ?? 0;
    values[place] = value;
    patience -= at - place;
    if (patience < 0) return byComparison(values);
  }
  return values;
}

function byComparison(values: Float64Array): Float64Array {
  values.set(values.toSorted());
  return values;
}
