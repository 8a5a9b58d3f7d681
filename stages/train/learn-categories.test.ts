import { expect, test } from '@jest/globals';
import { learnCategories } from './learn-categories.ts';
import { catalogueEntry } from './testing/catalogue-entry.ts';

test('counts the levels of the columns of categories; a rare one and a number that is none become unknown, other columns stay', () => {
  const columns = ['income', 'kind'];
  const data = Float32Array.of(5, 0, 6, 0, 7, 1, 8, Number.NaN, 9, 2.5, 1, 7, -1, -1);
  const entries = [catalogueEntry('income'), catalogueEntry('kind', { levels: ['a', 'b', 'c'] })];
  expect(learnCategories({ rows: 7, columns, data }, entries, { minLevelRows: 2 })).toEqual({
    kind: [
      { level: 'a', rows: 2, known: true },
      { level: 'b', rows: 1, known: false },
      { level: 'c', rows: 0, known: false },
    ],
  });
  const { NaN: unknown } = Number;
  expect([...data]).toEqual([5, 0, 6, 0, 7, unknown, 8, unknown, 9, unknown, 1, unknown, -1, unknown]);
});
