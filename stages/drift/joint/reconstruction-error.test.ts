import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FloatMatrix } from '../../../pipeline/index.ts';
import { reconstructionError } from './reconstruction-error.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Five columns made of sines, so that NumPy can make the same ones; in the current part the fourth follows the first instead of the third. */
function part(rows: number, offset: number, mix: number): FloatMatrix {
  const data = new Float32Array(rows * 5);
  for (let row = 0; row < rows; row++) {
    const draw = (k: number): number => (Math.sin((row + offset) * (12.9898 + k)) * 43758.5453) % 1;
    const [a, b, c, e] = [draw(0), draw(1), draw(2), draw(3)];
    data.set([a, a * 0.8 + 0.1 * e, row % 17 === 0 ? Number.NaN : b, mix * a + (1 - mix) * b + 0.05 * c, 3 * c + 1], row * 5);
  }
  return { rows, columns: ['a', 'b', 'c', 'd', 'e'], data };
}

describe('reconstruction error', () => {
  test('as NumPy has it: numpy.linalg.eigh of the correlation of every other row, errors of the others', () => {
    const found = reconstructionError({ reference: part(400, 0, 0), current: part(150, 5000, 1) });
    expect(found).toMatchObject({ features: 5, components: 2 });
    // NumPy 2.4 on the same numbers.
    expect(found?.reference).toBeCloseTo(0.9203238876686296, 6);
    expect(found?.current).toBeCloseTo(1.3845939139862875, 6);
    expect(found?.z).toBeCloseTo(7.493054702150173, 4);
  });

  test('the same population: no rise beyond chance', () => {
    const found = reconstructionError({ reference: part(400, 0, 0), current: part(150, 5000, 0) });
    expect(Math.abs(found?.z ?? 9)).toBeLessThan(3);
  });

  test('too few rows, or nothing that varies: nothing is said', () => {
    expect(reconstructionError({ reference: part(9, 0, 0), current: part(150, 5000, 0) })).toBeNull();
    const constant = { rows: 40, columns: ['a', 'b'], data: new Float32Array(80).fill(7) };
    expect(reconstructionError({ reference: constant, current: constant })).toBeNull();
  });
});

test('eigenvectors are orthonormal and put the matrix together again, largest first', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 16, maxLength: 16 }), (cells) => {
      const matrix = Float64Array.from({ length: 16 }, (_, at) => (cells[at] ?? 0) + (cells[(at % 4) * 4 + Math.floor(at / 4)] ?? 0));
      const { values, vectors } = symmetricEigen(matrix, 4);
      for (let i = 0; i < 4; i++)
        for (let j = 0; j < 4; j++) {
          const rebuilt = values.reduce((sum, value, k) => sum + value * (vectors[k]?.[i] ?? 0) * (vectors[k]?.[j] ?? 0), 0);
          expect(Math.abs(rebuilt - (matrix[i * 4 + j] ?? 0))).toBeLessThan(1e-9);
          const product = (vectors[i] ?? new Float64Array(4)).reduce((sum, x, at) => sum + x * (vectors[j]?.[at] ?? 0), 0);
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-10);
        }
      expect([...values]).toEqual([...values].toSorted((a, b) => b - a));
    }),
    { numRuns: 40 },
  );
});
