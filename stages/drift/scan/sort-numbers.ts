/** Below this the library's own sort is as quick. */
const MANY = 30_000;
const [DIGITS, RADIX] = [4, 65_536];

/**
 * Finite numbers ascending; those given may be overwritten. Sorted by four digits of 16 bits, the least first, which takes a third of the time of comparing. A number's bits
 * count up with its size where the sign is turned over, and of a negative number all bits. A digit that all share is passed over.
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const { length } = values;
  if (length < MANY) return values.toSorted();
  let [from, to]: [Uint32Array, Uint32Array] = [new Uint32Array(values.buffer, values.byteOffset, length * 2), new Uint32Array(length * 2)];
  turn(from, length);
  for (const [digit, counts] of countDigits(from, length).entries()) {
    if (counts.includes(length)) continue;
    scatter(from, to, { length, digit, counts });
    [from, to] = [to, from];
  }
  turnBack(from, length);
  return new Float64Array(from.buffer, from.byteOffset, length);
}

/** Low word first, as every machine that Node runs on has them. */
function turn(words: Uint32Array, length: number): void {
  for (let at = 0; at < length; at++) {
    const high = words[2 * at + 1] ?? 0;
    if (high >>> 31 === 1) {
      words[2 * at] = ~(words[2 * at] ?? 0);
      words[2 * at + 1] = ~high;
    } else words[2 * at + 1] = high ^ 0x8000_0000;
  }
}

function turnBack(words: Uint32Array, length: number): void {
  for (let at = 0; at < length; at++) {
    const high = words[2 * at + 1] ?? 0;
    if (high >>> 31 === 1) words[2 * at + 1] = high ^ 0x8000_0000;
    else {
      words[2 * at] = ~(words[2 * at] ?? 0);
      words[2 * at + 1] = ~high;
    }
  }
}

function countDigits(words: Uint32Array, length: number): Uint32Array[] {
  const counts = Array.from({ length: DIGITS }, () => new Uint32Array(RADIX));
  const [first, second, third, fourth] = counts;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) return [];
  for (let at = 0; at < length; at++) {
    const [low, high] = [words[2 * at] ?? 0, words[2 * at + 1] ?? 0];
    first[low & 0xffff] = (first[low & 0xffff] ?? 0) + 1;
    second[low >>> 16] = (second[low >>> 16] ?? 0) + 1;
    third[high & 0xffff] = (third[high & 0xffff] ?? 0) + 1;
    fourth[high >>> 16] = (fourth[high >>> 16] ?? 0) + 1;
  }
  return counts;
}

/** Copies each number to its place by one digit, those with the same digit in their order. */
function scatter(
  from: Uint32Array,
  to: Uint32Array,
  { length, digit, counts }: { readonly length: number; readonly digit: number; readonly counts: Uint32Array },
): void {
  let sum = 0;
  for (let value = 0; value < RADIX; value++) {
    const own = counts[value] ?? 0;
    counts[value] = sum;
    sum += own;
  }
  const [word, shift] = [digit >> 1, (digit & 1) * 16];
  for (let at = 0; at < length; at++) {
    const key = ((from[2 * at + word] ?? 0) >>> shift) & 0xffff;
    const place = counts[key] ?? 0;
    counts[key] = place + 1;
    to[2 * place] = from[2 * at] ?? 0;
    to[2 * place + 1] = from[2 * at + 1] ?? 0;
  }
}
