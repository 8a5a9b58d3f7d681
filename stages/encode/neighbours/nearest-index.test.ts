import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type LabelledPoints, NearestIndex } from './nearest-index.ts';

/** Sorts everything: all points as near as the k-th count. */
function bruteForce(
  { dimensions, values, labels, folds }: LabelledPoints,
  point: readonly number[],
  k: number,
  withoutFold: number,
): number {
  const all = Array.from(labels, (label, at) => ({
    label,
    fold: folds[at],
    distance: point.reduce((sum, value, axis) => sum + ((values[at * dimensions + axis] ?? 0) - value) ** 2, 0),
  })).filter(({ fold }) => fold !== withoutFold);
  const kth = all.map(({ distance }) => distance).toSorted((a, b) => a - b)[Math.min(k, all.length) - 1] ?? 0;
  const nearest = all.filter(({ distance }) => distance <= kth);
  return nearest.reduce((sum, { label }) => sum + label, 0) / nearest.length;
}

/** Coordinates from a small grid, so that many distances are the same. */
const book = fc.record({
  points: fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 1 })), {
    maxLength: 300,
  }),
  bits: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 300, maxLength: 300 }),
  k: fc.integer({ min: 1, max: 40 }),
});

test('the answers are those of sorting all points, ties included, whatever was asked before', () => {
  fc.assert(
    fc.property(book, ({ points, bits, k }) => {
      const folds = Int8Array.from(points, (_, at) => at % 3);
      const labelled = {
        dimensions: 3,
        values: Float64Array.from(points.flat()),
        labels: Uint8Array.from(bits.slice(0, points.length)),
        folds,
      };
      const index = new NearestIndex(labelled);
      for (const [at, point] of points.entries()) {
        const withoutFold = at % 2 === 0 ? -1 : (folds[at] ?? 0);
        expect(index.meanOfNearest(Float64Array.from(point), k, withoutFold)).toBe(bruteForce(labelled, point, k, withoutFold));
      }
    }),
    { numRuns: 30 },
  );
});

test('a point that lies ten thousand times in one place is found as often', () => {
  const labels = Uint8Array.from({ length: 10_000 }, (_, at) => (at % 4 === 0 ? 1 : 0));
  const index = new NearestIndex({ dimensions: 2, values: new Float64Array(20_000), labels, folds: new Int8Array(10_000) });
  expect(index.meanOfNearest(Float64Array.of(1, 1), 5, -1)).toBe(0.25);
  expect(index.meanOfNearest(Float64Array.of(1, 1), 5, 0)).toBeNaN();
});
