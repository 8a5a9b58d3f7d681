/** Powers of two by which the matrix power and its result are rescaled, so that n up to 100,000 neither over- nor underflows. */
const SCALE_BITS = 460;
const SCALE = 2 ** SCALE_BITS;

interface Scaled {
  readonly matrix: Float64Array;
  /** The matrix stands for matrix · 2^exponent. */
  readonly exponent: number;
}

/**
 * P(D_n < x) exactly, by Durbin's matrix in the form of Marsaglia, Tsang and Wang ("Evaluating Kolmogorov's
 * distribution", J. Stat. Soft. 8(18), 2003): with nx = k − h, the middle of H^n times n!/n^n. O((2k−1)³ log n).
 */
export function durbinMatrix(n: number, x: number): number {
  const k = Math.ceil(n * x);
  const size = 2 * k - 1;
  const power = matrixPower({ matrix: buildMatrix(size, k - n * x), exponent: 0 }, { size, n });
  let probability = power.matrix[(k - 1) * size + k - 1] ?? 0;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    probability = (probability * i) / n;
    if (probability < 1 / SCALE) {
      probability *= SCALE;
      exponent -= SCALE_BITS;
    }
  }
  // In two halves: 2^exponent alone may be out of range.
  return probability * 2 ** Math.trunc(exponent / 2) * 2 ** (exponent - Math.trunc(exponent / 2));
}

function buildMatrix(size: number, h: number): Float64Array {
  const inverse = [1];
  for (let i = 1; i <= size + 1; i++) inverse.push((inverse[i - 1] ?? 0) / i);
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) if (row - column + 1 >= 0) matrix[row * size + column] = inverse[row - column + 1] ?? 0;
  }
  for (let i = 0; i < size; i++) {
    const corner = (1 - h ** (i + 1)) * (inverse[i + 1] ?? 0);
    matrix[i * size] = corner;
    matrix[(size - 1) * size + (size - 1 - i)] = corner;
  }
  const both = 1 - 2 * h ** size + Math.max(0, 2 * h - 1) ** size;
  matrix[(size - 1) * size] = both * (inverse[size] ?? 0);
  return matrix;
}

function matrixPower(base: Scaled, { size, n }: { size: number; n: number }): Scaled {
  let square = base;
  let result: Scaled | null = null;
  for (let bits = n; bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) result = result === null ? square : multiply(result, square, size);
    if (bits > 1) square = multiply(square, square, size);
  }
  return result ?? base;
}

function multiply(left: Scaled, right: Scaled, size: number): Scaled {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = left.matrix[row * size + inner] ?? 0;
      if (factor === 0) continue;
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        product[at] = (product[at] ?? 0) + factor * (right.matrix[inner * size + column] ?? 0);
      }
    }
  }
  const exponent = left.exponent + right.exponent;
  const middle = (size - 1) / 2;
  if ((product[middle * size + middle] ?? 0) <= SCALE) return { matrix: product, exponent };
  return { matrix: product.map((value) => value / SCALE), exponent: exponent + SCALE_BITS };
}
