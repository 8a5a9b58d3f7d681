import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../../api/build-app.ts';
import { addKey } from '../../api/keys/key-file.ts';
import { KeyRing } from '../../api/keys/key-ring.ts';
import { ServiceMetrics } from '../../api/metrics/service-metrics.ts';
import { ScoreMonitor } from '../../api/score-monitor.ts';
import { openLog } from '../../decisions/open-log.ts';
import { openWorldScorer } from '../../testing/open-world-scorer.ts';
import { servedArtifacts, servedWorld } from '../../testing/served-world.ts';
import type { Scoring } from '../../scorer/scoring.ts';

export interface OpenWorkbench extends AsyncDisposable {
  /** Such as http://127.0.0.1:41234. */
  readonly address: string;
  /** A key for each role. */
  readonly keys: Readonly<Record<'officer' | 'admin', string>>;
  readonly scoring: Scoring;
}

const DRIFT = {
  reference: 'application_train',
  current: 'application_test',
  status: 'watch',
  reasons: [{ en: '2 of 891 columns have drifted', fr: '2 colonnes sur 891 ont dérivé' }],
  columns: [
    { column: 'loan_annuity', drifted: true, psi: 0.21 },
    { column: 'income_total', drifted: true, psi: 0.12 },
    { column: 'goods_price', drifted: false, psi: 0.02 },
  ],
};

const measure = (name: 'auc' | 'brier', value: number) => ({ name, value, low: value - 0.02, high: value + 0.02 });

const EVALUATION = {
  clients: 222,
  defaults: 18,
  measures: [measure('auc', 0.753), measure('brier', 0.067)],
  approvalRate: 0.71,
  badRateAmongApproved: 0.043,
  calibration: [
    { count: 111, predicted: 0.03, observed: 0.027 },
    { count: 111, predicted: 0.13, observed: 0.126 },
  ],
};

/**
 * The real server on the tests' small run, with the page as built in `pageDir`, a log of its own, and reports such as a run leaves.
 * @param open another way to the scorer; without one its book and population are in use
 */
export async function openWorkbench(pageDir: string, open: typeof openWorldScorer = openWorldScorer): Promise<OpenWorkbench> {
  const world = await servedWorld();
  const artifactsDir = await servedArtifacts(world);
  const dir = await mkdtemp(join(tmpdir(), 'sluice-workbench-'));
  const keyFile = join(dir, 'keys.json');
  const keys = {
    officer: await addKey(keyFile, { name: 'A. Officer', role: 'officer' }),
    admin: await addKey(keyFile, { name: 'R. Admin', role: 'admin' }),
  };
  const ring = await KeyRing.open(keyFile);
  const decisions = await openLog(join(dir, 'decisions.sqlite'));
  const scoring = await open(world, artifactsDir);
  const services = {
    scoring,
    decisions,
    monitor: new ScoreMonitor(),
    driftReport: async () => DRIFT,
    evaluation: async () => EVALUATION,
    closing: new AbortController().signal,
  };
  const limits = { bodyLimit: 1e6, timeoutMs: 30_000, ratePerMinute: 1e6 };
  const app = await buildApp({
    ...limits,
    services,
    keys: ring,
    metrics: new ServiceMetrics(services),
    logger: pino({ level: 'silent' }),
    pageDir,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    keys,
    scoring,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      ring.close();
      await scoring.close();
      await decisions.close();
      await Promise.all([dir, artifactsDir].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
