import { expect, test } from '@jest/globals';
import type { FloatMatrix } from '../../../pipeline/index.ts';
import { asLevels, numericTable } from '../maths/distinct-table.ts';
import { featureBins, featureDrift } from './feature-drift.ts';

/** One column of level numbers, as often as given. */
function codes(counts: readonly number[]): FloatMatrix {
  const data = Float32Array.from(counts.flatMap((count, code) => Array.from({ length: count }, () => code)));
  return { rows: data.length, columns: ['org'], data };
}

function kept(reference: FloatMatrix, levels: ReadonlyMap<string, number>) {
  const contributions = { rows: 1, columns: ['org'], values: Float32Array.of(1), bias: 0, margin: Float32Array.of(1), additivityError: 0 };
  const bins = featureBins({ contributions, reference, concepts: ['work'], levels });
  if (bins === null) throw new Error('the feature moves scores');
  return bins;
}

test('numbers of levels are levels: two neighbours that change places are seen, which deciles of their numbers would pool', () => {
  const [before, after] = [
    Array.from({ length: 20 }, () => 100),
    Array.from({ length: 20 }, (_, code) => (code === 4 ? 190 : code === 5 ? 10 : 100)),
  ];
  const byLevel = featureDrift(kept(codes(before), new Map([['org', 20]])), codes(after)).features[0];
  // Σ (c − r) ln(c/r) over the two, each a twentieth before.
  expect(byLevel?.psi).toBeCloseTo(0.045 * Math.log(1.9) - 0.045 * Math.log(0.1), 12);
  const asNumbers = featureDrift(kept(codes(before), new Map()), codes(after)).features[0];
  expect(asNumbers?.psi ?? 1).toBeLessThan((byLevel?.psi ?? 0) / 3);
});

test('a number of a level goes by its name where that is known', () => {
  const sides = { reference: Float64Array.of(2, 1), current: Float64Array.of(1, 2) };
  expect(asLevels(numericTable(Float64Array.of(0, 2), sides), ['Bank', 'School']).levels).toEqual(['Bank', '2']);
});
