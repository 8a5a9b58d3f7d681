import { expect, test } from '@jest/globals';
import type { DatasetFacts } from './champion-run.ts';
import { whoSawThem } from './metric-section.ts';

const tables = (development: string, holdout: string): readonly DatasetFacts[] =>
  Object.entries({ development, holdout }).map(([name, digest]) => ({ name, digest, rows: 1, columns: {} }));

test('only where both tables are the same bytes nobody was trained on the applicants of the comparison', () => {
  expect(whoSawThem(tables('a', 'b'), tables('a', 'b'))).toContain('Neither');
  for (const champions of [tables('x', 'b'), tables('a', 'x'), [], undefined])
    expect(whoSawThem(tables('a', 'b'), champions)).toContain('may have been trained on some');
  expect(whoSawThem([], [])).toContain('may have been');
});
