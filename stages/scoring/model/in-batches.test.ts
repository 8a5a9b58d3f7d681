import { expect, test } from '@jest/globals';
import { inBatches } from './in-batches.ts';

test('a book beyond one batch comes out in its order, with every row in one batch', () => {
  const rows = 40_000;
  const matrix = { rows, columns: ['a', 'b'], data: Float32Array.from({ length: rows * 2 }, (_, at) => at) };
  const sizes: number[] = [];
  const doubled = inBatches(matrix, 2, ({ rows: count, data }) => {
    sizes.push(count);
    return data.map((value) => value * 2);
  });
  expect(sizes).toEqual([16_384, 16_384, 7_232]);
  expect(doubled).toEqual(matrix.data.map((value) => value * 2));
  expect(inBatches({ rows: 0, columns: ['a'], data: new Float32Array(0) }, 1, () => [])).toHaveLength(0);
});
