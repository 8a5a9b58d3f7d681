import { expect, test } from '@jest/globals';
import { createPrng } from '../../metrics/prng.ts';
import { domainClassifier } from './domain-classifier.ts';

const options = { threads: 1, projectDir: process.cwd(), seed: 1 };

/** Three columns on [0, 1); the third is u, or 1 − u, of the second: the margins are the same. */
function part(rows: number, seed: number, { shift = 0, turned = false } = {}) {
  const prng = createPrng(seed);
  const data = new Float32Array(rows * 3);
  for (let row = 0; row < rows; row++) {
    const u = prng.next();
    data.set([prng.next() + shift, u, turned ? 1 - u : u], row * 3);
  }
  return { rows, columns: ['moved', 'u', 'v'], data };
}

test('the same population: the interval holds 0.5', () => {
  const { auc, referenceProbability } = domainClassifier({ reference: part(900, 1), current: part(600, 2) }, options);
  expect(auc.lo).toBeLessThan(0.5);
  expect(auc.hi).toBeGreaterThan(0.5);
  expect(referenceProbability).toHaveLength(900);
});

test('a shifted column is found and named, and rows like the current ones get the higher probability', () => {
  const reference = part(900, 1);
  const { auc, top, referenceProbability } = domainClassifier({ reference, current: part(600, 2, { shift: 0.5 }) }, options);
  // Uniform on [0, 1) against [0.5, 1.5): AUC 1 − ½·½² = 0.875.
  expect(auc.lo).toBeLessThan(0.875);
  expect(auc.hi).toBeGreaterThan(0.84);
  expect(top[0]?.feature).toBe('moved');
  const meanOf = (low: number, high: number): number => {
    const picked = referenceProbability.filter((_, row) => (reference.data[row * 3] ?? 0) >= low && (reference.data[row * 3] ?? 0) < high);
    return picked.reduce((sum, value) => sum + value, 0) / picked.length;
  };
  expect(meanOf(0.6, 0.9)).toBeGreaterThan(meanOf(0.1, 0.4) + 0.2);
});

test('a joint change that no column shows by itself, and the same bytes whatever the threads', () => {
  const parts = { reference: part(900, 1), current: part(600, 2, { turned: true }) };
  const one = domainClassifier(parts, options);
  expect(one.auc.lo).toBeGreaterThan(0.8);
  expect(domainClassifier(parts, { ...options, threads: 2 })).toEqual(one);
});
