import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { slopeStudy, studyStages } from '../../pipeline/testing/study-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';
import { connectMlflow } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { findExperiment } from '../../pipeline/tracking/mlflow/client/experiments.ts';
import { request } from '../../pipeline/tracking/mlflow/client/request.ts';
import { type Run, searchRuns } from '../../pipeline/tracking/mlflow/client/runs.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';

const because = noServerBecause(process.cwd());
const suite = because === undefined ? describe : describe.skip;

suite(`a study in MLflow${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;

  beforeAll(async () => {
    await buildCli();
    server = await startTemporaryServer(process.cwd());
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const runsOf = async (experiment: string): Promise<readonly Run[]> => {
    const connection = connectMlflow(server.uri, { env: {} });
    const id = (await findExperiment(connection, experiment))?.experiment_id;
    if (id === undefined) return [];
    const runs: Run[] = [];
    for await (const run of searchRuns(connection, { experimentIds: [id] })) runs.push(run);
    return runs;
  };
  const pointsOf = async (run: string, metric: string): Promise<readonly number[]> => {
    const connection = connectMlflow(server.uri, { env: {} });
    const path = `/api/2.0/mlflow/metrics/get-history?run_id=${run}&metric_key=${metric}`;
    const { metrics }: { metrics: { value: number }[] } = JSON.parse((await request(connection, { method: 'GET', path })).body.toString());
    return metrics.map(({ value }) => value);
  };

  test('is one run with one nested run a trial, however often it is run', async () => {
    await using project = await TempProject.create({ ...studyStages, 'experiments/slopes/study.yaml': slopeStudy });
    const args = ['exp', 'run', 'slopes'];
    const away = await runCli(project.dir, args, { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1' });
    expect({ code: away.code, told: away.stderr.match(/! not in MLflow: /g) }).toEqual({ code: 0, told: ['! not in MLflow: '] });
    for (const _ of [1, 2]) {
      const { code, stderr } = await runCli(project.dir, args, { MLFLOW_TRACKING_URI: server.uri });
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('not in MLflow') });
    }
    const runs = await runsOf('study');
    const parents = runs.filter(({ tags }) => tags['mlflow.parentRunId'] === undefined);
    expect(parents.map(({ status, tags }) => [status, tags['sluice.study'], tags['sluice.best']])).toEqual([
      ['FINISHED', 'slopes', 'slope=2'],
    ]);
    const children = runs.filter(({ tags }) => tags['mlflow.parentRunId'] === parents[0]?.runId);
    expect(children.map(({ status, tags }) => `${status} ${tags['mlflow.runName'] ?? ''}`).toSorted()).toEqual([
      'FINISHED slope=1',
      'FINISHED slope=2',
      'FINISHED slope=3',
    ]);
    expect(runs).toHaveLength(4);
    const first = children.find(({ tags }) => tags['mlflow.runName'] === 'slope=1')?.runId ?? '';
    expect(await pointsOf(first, 'cv_loss')).toEqual([20.25]);
    expect(await pointsOf(parents[0]?.runId ?? '', 'best_cv_loss')).toEqual([0]);
  });

  test('that is interrupted or killed ends as KILLED, and goes on in the same run', async () => {
    const nap = '\nset: { params.fit.napMs: 3000 }\n';
    await using project = await TempProject.create({ ...studyStages, 'experiments/slopes/study.yaml': slopeStudy + nap });
    const env = { MLFLOW_TRACKING_URI: server.uri };
    const args = ['exp', 'run', 'slopes', '-S', 'tracking.experiment=early'];
    const early = async (signal: 'SIGINT' | 'SIGKILL'): Promise<void> => {
      const running = startCli(project.dir, args, env);
      await running.seen('1/3 slope=1');
      for (;;) {
        const runs = await runsOf('early');
        const open = runs.some(({ status, tags }) => status === 'RUNNING' && tags['mlflow.parentRunId'] === undefined);
        if (open && runs.some(({ status, tags }) => status === 'FINISHED' && tags['mlflow.runName'] === 'slope=1')) break;
        await new Promise((wait) => setTimeout(wait, 100));
      }
      running.child.kill(signal);
      await running.ended;
    };
    const parents = async () =>
      (await runsOf('early'))
        .filter(({ tags }) => tags['mlflow.parentRunId'] === undefined)
        .map(({ status, tags }) => [status, tags['sluice.error.message'], tags['mlflow.note.content']]);

    await early('SIGINT');
    expect(await parents()).toEqual([
      ['KILLED', 'study slopes was interrupted by SIGINT', expect.stringMatching(/^Slopes\n\n\*\*Interrupted\*\*/)],
    ]);
    await early('SIGKILL');
    expect(await parents()).toEqual([['RUNNING', undefined, 'Slopes']]);
    expect(await runCli(project.dir, ['sync'], env)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 run that nobody writes'),
    });
    expect(await parents()).toEqual([
      ['KILLED', 'the process of study slopes ended without a word', expect.stringMatching(/^\*\*Abandoned/)],
    ]);
    expect((await runCli(project.dir, args, env)).code).toBe(0);
    expect(await parents()).toEqual([['FINISHED', undefined, 'Slopes']]);
    expect((await runCli(project.dir, ['sync'], env)).stderr).toContain('Nothing waits');
  });
});
