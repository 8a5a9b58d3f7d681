import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ALONE, judgeDrift } from '../../../stages/drift/judge/judge-run.ts';
import { columnExample, driftExample } from '../../../stages/drift/testing/drift-example.ts';
import { isLeftover } from '../../workbench/testing/language-check.ts';
import { readDriftReport } from './read-drift-report.ts';

const drifted = columnExample('EXT_SOURCE_1', {
  missing: { reference: 0.56, current: 0.42 },
  psi: 0.3,
  evidently: { test: 'wasserstein', score: 0.2, threshold: 0.1, drifted: true },
});

async function reportOf(result: unknown): Promise<Awaited<ReturnType<typeof readDriftReport>>> {
  const path = join(await mkdtemp(join(tmpdir(), 'sluice-drift-')), 'drift.json');
  await writeFile(path, JSON.stringify(result));
  return await readDriftReport({ artifact: async () => ({ path, sha256: '0'.repeat(64) }) });
}

test('each reason of a drift report is told in English as the report has it, and in French', async () => {
  const { result } = judgeDrift(driftExample({ columns: [drifted] }), { ...ALONE, batch: 'mars', minRows: 500, before: [] });
  const report = await reportOf(result);
  expect(report?.reasons.map(({ en }) => en)).toEqual(result.verdict.reasons);
  expect(result.verdict.reasons.length).toBeGreaterThan(0);
  for (const { en, fr } of report?.reasons ?? []) {
    expect(fr).not.toBe(en);
    expect([isLeftover(fr, 'fr'), isLeftover(en, 'en')]).toEqual([false, false]);
  }
});

test('a report without what it was judged by keeps its sentences; one of another shape is none', async () => {
  const { result } = judgeDrift(driftExample({ columns: [drifted] }), { ...ALONE, batch: 'mars', minRows: 500, before: [] });
  const { decision: _decision, ...bare } = result;
  expect((await reportOf(bare))?.reasons).toEqual(result.verdict.reasons.map((en) => ({ en, fr: en })));
  expect(await reportOf({ schema: 'drift/0' })).toBeNull();
  expect(await readDriftReport({ artifact: () => Promise.reject(new Error('there is none')) })).toBeNull();
});
