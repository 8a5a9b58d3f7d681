/** Decimals that are written without a text of their own. */
const DECIMALS = 9;
const SCALE = 10 ** DECIMALS;
/** Fifteen digits are exact in a double, and no two of such decimals are the same double: the shortest text of one is the decimal itself. */
const MOST = 10 ** 15;
/** Smaller numbers are written with an exponent. */
const LEAST = SCALE / 10 ** 6;
/** Bytes of the longest: a sign, fifteen digits, a point. */
export const DECIMAL_MOST = 17;

/** How many billionths a number is, where it is a whole number of them that can be written digit by digit; NaN otherwise. */
export function billionthsOf(value: number): number {
  const billionths = Math.round(value * SCALE);
  const size = Math.abs(billionths);
  return billionths / SCALE === value && size < MOST && (size >= LEAST || size === 0) ? billionths : Number.NaN;
}

const [ZERO, POINT, MINUS] = [48, 46, 45];

/** Writes what `String(billionths / 10 ** 9)` is, for what {@link billionthsOf} gave, and says where it ends. */
export function writeDecimal(bytes: Uint8Array, start: number, billionths: number): number {
  let at = start;
  let size = billionths;
  if (size < 0) {
    size = -size;
    bytes[at++] = MINUS;
  }
  // Both parts are below 2 ** 31, and whole numbers of 32 bits are divided several times as fast.
  const whole = size < SCALE ? 0 : Math.trunc(size / SCALE);
  at = writeWhole(bytes, at + digitsOf(whole), whole);
  let fraction = (size - whole * SCALE) | 0;
  if (fraction === 0) return at;
  bytes[at] = POINT;
  let last = at + DECIMALS;
  for (; fraction % 10 === 0; last--) fraction = (fraction / 10) | 0;
  for (let place = last; place > at; place--) {
    const shorter = (fraction / 10) | 0;
    bytes[place] = ZERO + fraction - 10 * shorter;
    fraction = shorter;
  }
  return last + 1;
}

function digitsOf(whole: number): number {
  let digits = 1;
  for (let rest = whole | 0; rest >= 10; digits++) rest = (rest / 10) | 0;
  return digits;
}

/** Writes the digits of a whole number below 2 ** 31 up to a place, which it gives back. */
function writeWhole(bytes: Uint8Array, end: number, of: number): number {
  let rest = of | 0;
  let at = end;
  do {
    const shorter = (rest / 10) | 0;
    bytes[--at] = ZERO + rest - 10 * shorter;
    rest = shorter;
  } while (rest > 0);
  return end;
}
