import { expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../limits.ts';
import { ALONE, judgeDrift } from '../judge/judge-run.ts';
import { columnExample, driftExample } from '../testing/drift-example.ts';
import { junitXml } from './junit-xml.ts';

const drifted = columnExample('A', { evidently: { test: 'wasserstein', score: 0.4, threshold: 0.1, drifted: true } });
const calm = columnExample('B');

function junit(failOn: 'act' | 'watch'): string {
  const options = { ...ALONE, failOn, batch: 'mars', minRows: 500, limits: DEFAULT_LIMITS };
  return junitXml(judgeDrift(driftExample({ columns: [drifted, calm, { ...calm, name: 'C' }] }), options).result);
}

test('what is watched passes, and fails where it decides on the exit code', () => {
  expect(junit('act')).toContain('failures="0"');
  expect(junit('act')).toContain('name="column_drift[A]"><system-out>watch: A: wasserstein 0.4, drift at 0.1.</system-out>');
  expect(junit('watch')).toContain('failures="1"');
  expect(junit('watch')).toContain('name="column_drift[A]"><failure message="A: wasserstein 0.4, drift at 0.1."/>');
});
