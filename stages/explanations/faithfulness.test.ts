import { expect, test } from '@jest/globals';
import type { FloatMatrix } from '../../pipeline/index.ts';
import { createPrng } from '../metrics/prng.ts';
import type { Contributions } from './contributions.ts';
import { testFaithfulness } from './faithfulness.ts';
import { codeOf, REASON_CODES } from './reason-codes.ts';
import { groupByReason } from './reasons.ts';
import { referenceOf } from './reference.ts';

/** One feature a reason code, margin −1 + Σ w·x: exact contributions are w·(x − 0), x has mean 0. */
const columns = [
  'ext_2',
  'income',
  'children',
  'owns_car',
  'days_employed',
  'education_level',
  'loan_credit',
  'loan_annuity',
  'enquiries_year',
];
const concepts = [
  'external scores',
  'income',
  'household',
  'household',
  'work and education',
  'work and education',
  'loan asked for',
  'loan asked for',
  'credit enquiries',
];
const weights = [1.5, 0.9, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05];
const catalogue = columns.map((name, index) => ({
  name,
  table: 'application_train',
  formula: name,
  concept: concepts[index] ?? '',
  en: name,
  fr: name,
  direction: 'raises' as const,
  prohibited: false,
  changeable: false,
}));

function world(rows: number, seed: number): { readonly matrix: FloatMatrix; readonly contributions: Contributions } {
  const prng = createPrng(seed);
  const data = Float32Array.from({ length: rows * columns.length }, () => 2 * prng.next() - 1);
  const values = data.map((value, at) => value * (weights[at % columns.length] ?? 0));
  const matrix = { rows, columns, data };
  return { matrix, contributions: { rows, columns, values, bias: -1, margin: marginOf(matrix), additivityError: 0 } };
}

function marginOf({ rows, data }: FloatMatrix): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) =>
    weights.reduce((sum, weight, column) => sum + weight * (data[row * columns.length + column] ?? 0), -1),
  );
}

/** @param blame turns the contributions that reasons are made of */
function difference(blame: (contributions: Contributions) => Contributions): number {
  const { matrix, contributions } = world(400, 5);
  const claimed = blame(contributions);
  const groups = groupByReason(referenceOf(claimed, matrix, { population: 'approved', clients: 400 }), catalogue);
  const refused = [...contributions.margin.keys()].filter((row) => (contributions.margin[row] ?? 0) > -0.5);
  const test = testFaithfulness({ groups, matrix, contributions: claimed, refused, marginOf, seed: 1 });
  return test?.difference.lo ?? Number.NaN;
}

test('the fixture has a code for each feature', () => {
  expect(new Set(catalogue.map((entry) => codeOf(entry)?.code)).size).toBe(columns.length);
  expect(REASON_CODES.length).toBeGreaterThan(columns.length);
});

test('true contributions pass the deletion test, reversed ones fail it: the test can fail', () => {
  expect(difference((contributions) => contributions)).toBeGreaterThan(0.3);
  expect(difference((contributions) => ({ ...contributions, values: contributions.values.map((value) => -value) }))).toBeLessThan(0);
});

test('with nobody refused there is nothing to test', () => {
  const { matrix, contributions } = world(20, 1);
  const groups = groupByReason(referenceOf(contributions, matrix, { population: 'all', clients: 20 }), catalogue);
  expect(testFaithfulness({ groups, matrix, contributions, refused: [], marginOf, seed: 1 })).toBeNull();
});
