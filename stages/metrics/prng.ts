/** A stream of pseudo-random numbers that is the same on every machine and in every version of Node. */
export interface Prng {
  /** Uniform on [0, 1), 53 bits. */
  next(): number;
  /** A whole number from 0 to limit − 1. */
  below(limit: number): number;
}

/**
 * xoshiro128** (Blackman & Vigna 2021), its four words of state filled by splitmix32 from the seed.
 * @param seed a whole number; only its lower 32 bits count
 */
export function createPrng(seed: number): Prng {
  let state = seed >>> 0;
  const fill = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  const word = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const next = (): number => ((word() >>> 5) * 67_108_864 + (word() >>> 6)) / 9_007_199_254_740_992;
  return { next, below: (limit) => Math.floor(next() * limit) };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
