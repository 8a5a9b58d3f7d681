import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { driftMetrics } from './drift-metrics.ts';
import { driftExample } from './testing/drift-example.ts';

test('every metric is documented, and every documented one is logged', () => {
  const figure = { value: 0.5, lo: 0.4, hi: 0.6 };
  const realised = {
    rows: 100,
    unlabelled: 0,
    auc: figure,
    defaultRate: figure,
    costPerLoan: figure,
    expected: { source: 'now', defaultRate: figure, costPerLoan: figure } as const,
    z: 0,
    bounds: null,
    drift: 'none',
  } as const;
  const logged = driftMetrics(driftExample({ realised })).map(([name]) => name);
  const page = readFileSync('docs/reference/drift.md', 'utf8');
  const told = /In MLflow a run has[\s\S]*?\n\n/.exec(page)?.[0].match(/`(?:drift|score)_\w+`/g) ?? [];
  expect(told.map((name) => name.slice(1, -1)).toSorted()).toEqual(logged.toSorted());
});

test('what is not known is left out, not logged as nought', () => {
  const bare = driftExample({ score: null, estimate: null, shift: null, importance: null, joint: null });
  const names = driftMetrics(bare).map(([name]) => name);
  expect(names.filter((name) => /cost|auc|score_|importance/.test(name))).toEqual([]);
});
