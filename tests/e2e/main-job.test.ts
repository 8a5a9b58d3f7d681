import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb, sqlName } from '../../pipeline/index.ts';
import { freePort } from '../../pipeline/testing/free-port.ts';
import { buildCli, type CliResult, REPOSITORY, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { judgeReport } from '../conformance/judge-report.ts';
import { writeTinyTable } from './tiny-table.ts';

const because = existsSync(join(REPOSITORY, '.venv/bin/python')) ? undefined : 'no .venv: run `make setup`';
const suite = because === undefined ? describe : describe.skip;
const STAGES = [
  'ingest',
  'validate',
  'features',
  'split',
  'encode',
  'train',
  'calibrate',
  'evaluate',
  'assess',
  'explain',
  'recourse',
  'champion',
  'gate',
  'drift',
  'document',
  'report',
  'register',
];
const METRICS =
  'cv_auc holdout_auc holdout_auc_lo holdout_auc_hi holdout_gini holdout_ks holdout_pr_auc holdout_log_loss holdout_brier holdout_ece holdout_cost_per_applicant threshold drift_share';
const FILES = ['predictions/holdout.parquet', 'model_card.md', 'reports/run.html', 'reports/drift.html', 'reports/drift.json'];

/** The main job on a small synthetic book, with the command line, a stock MLflow server and its Python client. Tests go in order. */
suite(`the main job, from raw tables to a registered model${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let artifacts: string;
  /** A port of its own: another suite must not start a server where this one has killed one. */
  let port: number;
  const env = (): Record<string, string> => ({ SLUICE_ARTIFACTS: artifacts, SLUICE_MLFLOW_PORT: String(port) });
  const sluice = (...args: string[]): Promise<CliResult> => runCli(REPOSITORY, args, env());
  const run = (...args: string[]): Promise<CliResult> => sluice('run', '-c', 'configs/ci.yaml', '--json', ...args);
  const server = async (): Promise<string> => String(JSON.parse((await sluice('mlflow', 'status', '--json')).stdout)['uri']);
  const versionsOf = async (model: string): Promise<string[]> => {
    const filter = encodeURIComponent(`name='${model}'`);
    const answer = await fetch(`${await server()}/api/2.0/mlflow/model-versions/search?max_results=100&filter=${filter}`);
    const { model_versions: found }: { model_versions: { version: string }[] } = JSON.parse(await answer.text());
    return found.map(({ version }) => version).toSorted((a, b) => Number(a) - Number(b));
  };

  beforeAll(async () => {
    port = await freePort();
    artifacts = await mkdtemp(join(tmpdir(), 'sluice main é-'));
    await buildCli();
  });
  afterAll(async () => {
    await sluice('mlflow', 'down');
    await rm(artifacts, { recursive: true, force: true });
  });

  test('runs every stage and says so, one event a line', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const events = parseLines(stdout);
    expect(events.every(({ type, time }) => typeof type === 'string' && typeof time === 'string')).toBe(true);
    expect(outcomes(events)).toEqual(Object.fromEntries(STAGES.map((stage) => [stage, 'executed'])));
  }, 300_000);

  test('a Python client loads models:/credit-scoring@champion and predicts the recorded holdout to 1e-6', async () => {
    const uri = await server();
    const path = async (port: string): Promise<string> => (await sluice('path', port)).stdout.trim();
    const { features }: { features: string[] } = JSON.parse(readFileSync(await path('train.summary'), 'utf8'));
    using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: artifacts });
    await db.view('holdout', await path('encode.holdout'));
    const csv = join(artifacts, 'holdout.csv');
    await db.run(`copy (select SK_ID_CURR, ${features.map(sqlName).join(', ')} from holdout order by SK_ID_CURR) to '${csv}' (header)`);
    const recorded = await db.column('select probability from read_parquet($path) order by SK_ID_CURR', {
      path: await path('evaluate.predictions'),
    });
    const judge = await promisify(execFile)(
      join(REPOSITORY, '.venv/bin/python'),
      [join(REPOSITORY, 'tests/conformance/mlflow-judge.py'), uri, csv],
      { maxBuffer: 1 << 28 },
    );
    const seen = judgeReport.parse(JSON.parse(judge.stdout));
    expect(seen.pyfunc).toHaveLength(recorded.length);
    expect(Math.max(...seen.pyfunc.map((value, row) => Math.abs(value - (recorded[row] ?? Number.NaN))))).toBeLessThan(1e-6);
    expect(seen.run.status).toBe('FINISHED');
    expect(METRICS.split(' ').filter((name) => !(name in seen.run.metrics))).toEqual([]);
    expect(FILES.filter((file) => !seen.files.includes(file))).toEqual([]);
    expect(seen.runs).toBe(1);
  });

  test('runs nothing the second time but what confirms', async () => {
    const again = await run();
    expect(again.code).toBe(0);
    expect(outcomes(parseLines(again.stdout))).toEqual(Object.fromEntries(STAGES.map((stage) => [stage, 'reused'])));
  });

  test('with MLflow killed while the model trains: 7, the results kept, and sync registers them, once', async () => {
    const { pgid }: { pgid: number } = JSON.parse(readFileSync(join(artifacts, 'mlflow/server.json'), 'utf8'));
    const cli = startCli(REPOSITORY, ['run', '-c', 'configs/ci.yaml', '--json', '-S', 'params.train.seed=2'], env());
    await cli.seen('"note":"round ');
    process.kill(-pgid, 'SIGKILL');
    const dead = await cli.ended;
    expect(dead.code).toBe(7);
    expect(outcomes(parseLines(dead.stdout))).toMatchObject({
      train: 'executed',
      gate: 'executed',
      report: 'executed',
      register: 'failed',
    });
    const synced = await sluice('sync', '-c', 'configs/ci.yaml');
    expect(synced.code).toBe(0);
    const after = await run('-S', 'params.train.seed=2');
    expect(after.code).toBe(0);
    expect(outcomes(parseLines(after.stdout))).toMatchObject({ train: 'reused' });
    expect(await versionsOf('credit-scoring')).toEqual(['1', '2']);
  });

  test('the single-table graph registers beside it, and its next model is judged against that one', async () => {
    const dir = await mkdtemp(join(artifacts, 'tiny-'));
    await writeTinyTable(dir);
    const tiny = (...args: string[]): Promise<CliResult> => sluice('run', ...args, '-c', join(dir, 'tiny.yaml'), '--json');
    const stages = STAGES.filter((stage) => stage !== 'encode');
    const read = async <T>(port: string): Promise<T> => JSON.parse(readFileSync((await sluice('path', port)).stdout.trim(), 'utf8')) as T;
    const first = await tiny();
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(outcomes(parseLines(first.stdout))).toEqual(Object.fromEntries(stages.map((stage) => [stage, 'executed'])));
    expect(await read('champion.status')).toEqual({ state: 'none' });
    expect(await versionsOf('tiny')).toEqual(['1']);
    const next = await tiny('gate', '-S', 'params.train.seed=2');
    expect({ code: next.code, stderr: next.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await read('champion.status')).toMatchObject({ state: 'known', model: 'tiny', version: '1' });
    const { rules } = await read<{ rules: { rule: string; value: number | null }[] }>('gate.verdict');
    expect(rules.find(({ rule }) => rule === 'champion_auc')).toMatchObject({ value: expect.any(Number) });
  });
});

function parseLines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
}

function outcomes(events: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  return Object.fromEntries(events.filter(({ type }) => type === 'stage.finished').map(({ stage, outcome }) => [String(stage), outcome]));
}
