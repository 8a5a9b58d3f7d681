import { expect, test } from '@jest/globals';
import type { FloatMatrix } from '../../../pipeline/index.ts';
import type { FittedModel } from './fitted-model.ts';
import { renumberCategories, withKnownCategories } from './known-categories.ts';

/** Says what it was given. */
const echo: FittedModel = {
  features: ['age', 'kind'],
  predict: ({ data }: FloatMatrix) => ({ margin: data, probability: data }),
  probability: ({ data }: FloatMatrix) => data,
  explainer: { kind: 'exact', method: 'tree-shap', contributions: ({ data }) => data },
  [Symbol.dispose]: () => undefined,
};
const categories = {
  kind: [
    { level: 'a', rows: 30, known: true },
    { level: 'b', rows: 3, known: false },
    { level: 'c', rows: 90, known: true },
  ],
};
const given = (...data: number[]): FloatMatrix => ({ rows: data.length / 2, columns: ['age', 'kind'], data: Float32Array.from(data) });

test('a model is given NaN for a category that it has not learnt, for predictions and for contributions; what was given stays', () => {
  using model = withKnownCategories(echo, categories);
  const matrix = given(1, 0, 1, 1, 1, 2, 1, 3, 1, -1, 1, 0.5, 1, Number.NaN);
  const seen = [1, 0, 1, Number.NaN, 1, 2, 1, Number.NaN, 1, Number.NaN, 1, Number.NaN, 1, Number.NaN];
  expect([...model.predict(matrix).margin]).toEqual(seen);
  expect([...(model.probability?.(matrix) ?? [])]).toEqual(seen);
  expect(model.explainer.kind === 'exact' && [...model.explainer.contributions(matrix)]).toEqual(seen);
  expect(matrix.data[3]).toBe(1);
  const fine = given(7, 2);
  expect(model.predict(fine).margin).toBe(fine.data);
  expect(withKnownCategories(echo)).toBe(echo);
});

test('categories are renumbered by name', () => {
  const levels = new Map([['kind', ['c', 'new', 'a']]]);
  expect([...renumberCategories(given(1, 0, 2, 1, 3, 2, 4, 9), levels, categories).data]).toEqual([
    1,
    2,
    2,
    Number.NaN,
    3,
    0,
    4,
    Number.NaN,
  ]);
});
