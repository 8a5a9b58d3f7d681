import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jsonArtifact, runBody } from '../../pipeline/testing/run-body.ts';
import run from './run.ts';
import { report } from './stage.ts';
import { evaluationExample } from './testing/evaluation-example.ts';

const svg = (id: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><defs><clipPath id="clip1"><rect/></clipPath></defs><g clip-path="url(#clip1)"><text>${id}</text></g></svg>`;

async function figures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-figures-'));
  await writeFile(join(folder, 'roc.svg'), svg('roc'));
  await writeFile(join(folder, 'lift.svg'), svg('lift'));
  return folder;
}

async function lines(points: readonly (readonly [string, number])[]): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'sluice-metrics-')), 'metrics.ndjson');
  await writeFile(path, points.map(([name, value]) => `${JSON.stringify({ name, value, step: 0 })}\n`).join(''));
  return path;
}

const rejected = {
  verdict: 'rejected',
  against: 'credit-scoring version 3',
  rules: [
    { rule: 'auc', passed: true, value: 0.71, limit: 0.65, reason: 'lower bound of the AUC' },
    { rule: 'cost', passed: false, value: 0.55, limit: 0.5, reason: 'costs <more> than the champion' },
  ],
};
const drift = {
  schema: 'drift/1',
  reference: { name: 'application_train', rows: 5000, sha256: 'a'.repeat(64) },
  current: { name: 'application_test', rows: 5000, sha256: 'b'.repeat(64) },
  verdict: { status: 'watch', reasons: ['Missing values moved in EXT_SOURCE_1.'] },
  evidently: {
    mode: '0.7',
    driftShare: 0.5,
    numberOfColumns: 120,
    numberOfDriftedColumns: 9,
    shareOfDriftedColumns: 0.075,
    datasetDrift: false,
  },
  columns: [],
  score: null,
};

async function page(advisory: {
  readonly verdict?: unknown;
  readonly drift?: unknown;
}): Promise<{ html: string; events: readonly unknown[] }> {
  const { outputs, events } = await runBody(report, run, {
    inputs: {
      evaluation: await jsonArtifact(evaluationExample),
      figures: await figures(),
      model: await jsonArtifact({ any: 'bytes' }),
      summary: await jsonArtifact({
        library: 'xgboost',
        libraryVersion: '3.2.0',
        features: ['ext_mean', 'loan'],
        prohibited: ['sex_male'],
        rounds: 40,
        classWeight: 'none',
        positiveWeight: 1,
        baseRate: 0.08,
        rows: 800,
        positives: 64,
        folds: [{ fold: 0, rows: 400, positives: 32, auc: 0.75, rounds: 40 }],
        parameters: { eta: 0.05, objective: 'binary:logistic' },
      }),
      trainMetrics: await lines([
        ['cv_auc', 0.7512],
        ['cv_auc_sd', 0.01],
      ]),
      calibrator: await jsonArtifact({ method: 'platt', a: 1.1, b: 0.02 }),
      decision: await jsonArtifact({
        costFalseNegative: 10,
        costFalsePositive: 1,
        threshold: 1 / 11,
        thresholdFromData: { value: 0.08, lo: 0.06, hi: 0.12, regretOfCostThreshold: 0.004 },
      }),
      calibrationMetrics: await lines([
        ['calibration_log_loss_none', 0.25],
        ['calibration_log_loss_platt', 0.24],
      ]),
      contract: await jsonArtifact({
        verdict: 'passed',
        rules: [
          {
            rule: 'orphans',
            table: 'bureau',
            column: 'SK_ID_CURR',
            severity: 'warning',
            passed: false,
            value: 0.3,
            limit: 0.2,
            reason: '30% of the rows',
          },
        ],
      }),
      ingestSummary: await jsonArtifact({
        source: 'csv',
        tables: [
          { name: 'application_train', present: true, rows: 1000, rejected: 2 },
          { name: 'bureau', present: false, rows: 0, rejected: 0 },
        ],
      }),
      verdict: advisory.verdict === undefined ? null : await jsonArtifact(advisory.verdict),
      drift: advisory.drift === undefined ? null : await jsonArtifact(advisory.drift),
    },
  });
  return { html: await readFile(outputs.page, 'utf8'), events };
}

describe('report', () => {
  test('says why a model is held back, what it costs, and where the evidence lies', async () => {
    const { html, events } = await page({ verdict: rejected, drift });
    expect(html).toContain('<h1>The gate holds the model back: 1 of 2 rules failed.</h1>');
    expect(html).toContain('costs &lt;more&gt; than the champion');
    // 10 · 30 missed + 1 · 150 refused of 1,000, against 80 defaults of all.
    expect(html).toContain('That saves 350 per 1,000 applicants against accepting everybody, 44% of the losses.');
    expect(html).toContain('9 of 120 columns drifted');
    expect(html).toContain('absent');
    expect(html).toContain('b'.repeat(64));
    expect(events).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ highlights: [{ label: 'Report', port: 'page' }] }) }),
    );
  });

  test('without a verdict and without drift it says so', async () => {
    const { html } = await page({});
    expect(html).toContain('<h1>The gate has not judged this model.</h1>');
    expect(html).toContain('The drift stage did not come to an end');
  });

  test('one file: no script, nothing from elsewhere, every id once, every link to a section that is there', async () => {
    const { html } = await page({ verdict: rejected, drift });
    expect(html).not.toMatch(/<script|<link|<img|@import|src=|https?:\/\/(?!www\.w3\.org)/);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
  });

  test('the same evidence gives the same bytes', async () => {
    expect((await page({ verdict: rejected, drift })).html).toBe((await page({ verdict: rejected, drift })).html);
  });
});
