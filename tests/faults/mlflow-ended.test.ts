import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TempProject } from '../../pipeline/testing/temp-project.ts';
import { connectMlflow } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { ensureExperiment } from '../../pipeline/tracking/mlflow/client/experiments.ts';
import { createRun, type Run, searchRuns } from '../../pipeline/tracking/mlflow/client/runs.ts';
import { noteOpened, openedRuns } from '../../pipeline/tracking/journal/opened-run.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';

const because = noServerBecause(process.cwd());
const suite = because === undefined ? describe : describe.skip;

/** An effect that opens a run in MLflow, and a stage after it that fails, waits or ends well. */
const stages = {
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
const open = defineStage({ name: 'open', kind: 'effect', description: 'Opens', outputs: { sent: artifact.json(z.unknown()) }, run: () => import('./open.ts') });
const later = defineStage({ name: 'later', description: 'Later', inputs: { sent: open.out.sent }, params: z.strictObject({ how: z.string() }), outputs: { done: artifact.json(z.unknown()) }, run: () => import('./later.ts') });
export const pipeline = definePipeline({ name: 'ended', stages: [open, later] });
`,
  'stages/open.ts': `
import { sendAhead } from 'SLUICE';
export default async ({ outputs, tracking, run, tempDir, signal }) => {
  const model = { name: 'ended é', loggedName: 'm', type: 'none', params: {}, modelKey: 'k', files: [] };
  await sendAhead({
    target: tracking, key: 'a'.repeat(64), runId: run.id, model, folder: tempDir + '/ahead', signal,
    run: { name: 'a run', user: 'nobody', startedAt: 1760000000000, tags: {}, curves: [{ name: 'auc', value: 0.7, step: 1 }], children: [], files: [], description: 'under way' },
    events: { warn: () => {}, debug: () => {} },
  });
  await outputs.sent.write(1);
};
`,
  'stages/later.ts': `
import { SluiceError } from 'SLUICE';
export default async ({ params, outputs, signal, log }) => {
  if (params.how === 'fail') throw new SluiceError('DATA_TOO_SMALL', 'no rows | in **table** x', { hint: 'Give it some.' });
  log.info('waiting');
  if (params.how === 'wait') await new Promise((resolve) => signal.addEventListener('abort', resolve));
  await outputs.done.write(1);
};
`,
};

suite(`a run that is not registered${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  beforeAll(async () => {
    server = await startTemporaryServer(process.cwd());
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const config = (experiment: string, how: string) => ({ tracking: { uri: server.uri, experiment }, params: { later: { how } } });
  const runsOf = async (experiment: string): Promise<readonly Run[]> => {
    const connection = connectMlflow(server.uri, { env: {} });
    const runs: Run[] = [];
    const experimentIds = [await ensureExperiment(connection, experiment)];
    for await (const run of searchRuns(connection, { experimentIds })) runs.push(run);
    return runs;
  };
  const errorOf = ({ tags }: Run) => Object.fromEntries(Object.entries(tags).filter(([name]) => name.startsWith('sluice.error.')));

  test('ends as FAILED with stage, code and hint; resumed it is the same run, and what it failed with is gone', async () => {
    await using project = await TempProject.create(stages);
    expect((await project.run(config('failed', 'fail'))).exitCode).not.toBe(0);
    const [failed, ...others] = await runsOf('failed');
    expect([failed?.status, others]).toEqual(['FAILED', []]);
    expect(failed === undefined ? null : errorOf(failed)).toEqual({
      'sluice.error.code': 'DATA_TOO_SMALL',
      'sluice.error.stage': 'later',
      'sluice.error.message': 'no rows | in **table** x',
      'sluice.error.hint': expect.stringContaining('Give it some.'),
    });
    expect(failed?.tags['mlflow.note.content']).toContain('    no rows | in **table** x');

    const stop = new AbortController();
    const interrupted = await project.run(config('failed', 'wait'), {
      signal: stop.signal,
      sink: (event) => (event.type === 'stage.log' && event.message === 'waiting' ? stop.abort('SIGINT') : undefined),
    });
    expect(interrupted.exitCode).toBe(130);
    const killed = await runsOf('failed');
    expect(killed.map(({ runId, status }) => [runId, status])).toEqual([[failed?.runId, 'KILLED']]);

    expect((await project.run(config('failed', 'well'))).exitCode).toBe(0);
    const ended = await runsOf('failed');
    expect(ended.map((run) => [run.runId, run.status, errorOf(run)])).toEqual([[failed?.runId, 'FINISHED', {}]]);
    expect(await openedRuns(`${project.project.artifactsDir}/outbox`)).toEqual([]);
  });

  test('that was killed without a word is ended by the next run, whatever that one makes', async () => {
    await using project = await TempProject.create(stages);
    const connection = connectMlflow(server.uri, { env: {} });
    const experimentId = await ensureExperiment(connection, 'killed');
    const tags = { 'sluice.token': 'other:model' };
    await createRun(connection, { experimentId, name: 'left', user: 'nobody', startTime: 1_760_000_000_000, tags });
    const outbox = `${project.project.artifactsDir}/outbox`;
    await noteOpened(outbox, { token: 'other:model', experiment: 'killed', uri: server.uri, openedBy: '01K00000000000000000000000' });
    await project.run(config('killed', 'well'));
    const runs = await runsOf('killed');
    expect(runs.map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual(['a run FINISHED', 'left KILLED']);
    expect(await openedRuns(outbox)).toEqual([]);
  });
});
