/**
 * What DuckDB makes of exact numbers when they become binary ones, bit for bit: not always the nearest one, since it rounds on the way.
 * Fround stands for the type that it rounds to, Float32 or (as it is) Float64.
 */
type Round = (value: number) => number;

const MASK = (1n << 64n) - 1n;
const TWO_64 = 2 ** 64;

/** Nearest number of so many binary digits, ties to even. @param value not negative */
function nearest(value: bigint, digits: number): bigint {
  const excess = value.toString(2).length - digits;
  if (excess <= 0) return value;
  const [shift, half] = [BigInt(excess), 1n << BigInt(excess - 1)];
  const [kept, rest] = [value >> shift, value & ((1n << shift) - 1n)];
  return (rest > half || (rest === half && (kept & 1n) === 1n) ? kept + 1n : kept) << shift;
}

/** A whole number of 64 bits as Float32 or Float64, rounded once. */
function fromWhole(value: bigint, round: Round): number {
  if (value >= -9007199254740992n && value <= 9007199254740992n) return round(Number(value));
  const size = Number(nearest(value < 0n ? -value : value, round === Math.fround ? 24 : 53));
  return value < 0n ? -size : size;
}

/** Of 128 bits: halves are rounded to Float64 apart, then their sum. */
function fromHuge(value: bigint, round: Round): number {
  if (value >= -9007199254740992n && value <= 9007199254740992n) return round(Number(value));
  const [upper, lower] = [value >> 64n, value & MASK];
  if (upper === -1n) return round(-Number(MASK - lower) - 1);
  return round(Number(lower) + Number(upper) * TWO_64);
}

/** BIGINT or HUGEINT as Float32 or Float64. */
export const wholeToFloat = (value: bigint, huge: boolean, round: Round): number =>
  huge ? fromHuge(value, round) : fromWhole(value, round);

/** A decimal as Float32 or Float64: by one division where its digits fit, otherwise the whole part and the rest apart. */
export function decimalToFloat(value: bigint, { width, scale }: { readonly width: number; readonly scale: number }, round: Round): number {
  const huge = width > 18;
  const power = round(10 ** scale);
  const exact = round === Math.fround ? 16777216n : 9007199254740992n;
  if (scale === 0 || (value <= exact && value >= -exact)) return round(wholeToFloat(value, huge, round) / power);
  const by = 10n ** BigInt(scale);
  return round(wholeToFloat(value / by, huge, round) + round(wholeToFloat(value % by, huge, round) / power));
}

/** The mean of exact numbers: sum and divisor as x87 long doubles of 64 binary digits, their quotient rounded to such a one, then to Float64. */
export function meanToDouble(sum: bigint, count: number, scale: number): number {
  if (sum === 0n) return 0;
  const divisor = nearest(BigInt(count) * 10n ** BigInt(scale), 64);
  const size = nearest(sum < 0n ? -sum : sum, 64);
  // 70 bits more than the quotient needs, the last one set where there is a rest, so that rounding sees it.
  const shift = BigInt(Math.max(0, divisor.toString(2).length - size.toString(2).length + 70));
  const [quotient, rest] = [(size << shift) / divisor, (size << shift) % divisor];
  const long = nearest((quotient << 1n) | (rest === 0n ? 0n : 1n), 64);
  const value = Number(nearest(long, 53)) / 2 ** Number(shift + 1n);
  return sum < 0n ? -value : value;
}
