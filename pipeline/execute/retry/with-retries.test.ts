import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readRun } from '../record/run-record.ts';
import { signStages } from '../../testing/sign-stages.ts';
import { type FinishedRun, TempProject } from '../../testing/temp-project.ts';

const graph = (signStages['stages/index.ts'] ?? '').replace("memory: '64MiB'", "memory: '64MiB', retries: 1");
/** Fails so many times, each in a process of its own, then writes. */
const failsTimes = (times: number, how: string): string => `
import { appendFile, stat } from 'node:fs/promises';
import { SluiceError } from 'SLUICE';
export default async ({ outputs }) => {
  await appendFile('signed', 'try\\n');
  const tries = (await stat('signed')).size / 4;
  if (tries <= ${times}) ${how};
  await outputs.number.write(tries);
};
`;
const TRANSIENT = "throw new SluiceError('STAGE_TRANSIENT', 'busy at try ' + tries)";

const config = { params: { slow: { label: 'a' } } };

async function tries(project: TempProject): Promise<number> {
  return (await readFile(join(project.dir, 'signed'), 'utf8')).split('\n').filter((line) => line === 'try').length;
}

function finished({ events }: FinishedRun) {
  return events.find((event) => event.type === 'stage.finished' && event.stage === 'slow');
}

describe('retries', () => {
  test('a failure that may pass is tried again; events and the run’s record say how often', async () => {
    await using project = await TempProject.create({ ...signStages, 'stages/index.ts': graph, 'stages/slow.ts': failsTimes(1, TRANSIENT) });
    const run = await project.run(config);
    expect(run).toMatchObject({ exitCode: 0, outcomes: { slow: 'executed', after: 'executed' } });
    expect(finished(run)).toMatchObject({ outcome: 'executed', attempts: 2 });
    expect(run.events).toContainEqual(
      expect.objectContaining({
        type: 'warning',
        code: 'STAGE_TRANSIENT',
        message: 'attempt 1 of 2 failed: busy at try 1; the next starts in 1 s',
      }),
    );
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'stage.started', stage: 'slow', attempt: 2 }));
    expect((await readRun(project.project, 'latest')).stages['slow']).toMatchObject({ attempts: 2 });
    expect(await tries(project)).toBe(2);
  });

  test('a killed child may be tried again', async () => {
    await using project = await TempProject.create({
      ...signStages,
      'stages/index.ts': graph,
      'stages/slow.ts': failsTimes(1, "process.kill(process.pid, 'SIGKILL')"),
    });
    expect(finished(await project.run(config))).toMatchObject({ outcome: 'executed', attempts: 2 });
  });

  test('retries are used up: the last failure is the stage’s', async () => {
    await using project = await TempProject.create({ ...signStages, 'stages/index.ts': graph, 'stages/slow.ts': failsTimes(9, TRANSIENT) });
    expect(finished(await project.run(config))).toMatchObject({ outcome: 'failed', error: { message: 'busy at try 2' } });
    expect(await tries(project)).toBe(2);
  });

  test('what would fail again is not tried again', async () => {
    await using project = await TempProject.create({
      ...signStages,
      'stages/index.ts': graph,
      'stages/slow.ts': failsTimes(9, "throw new Error('wrong column')"),
    });
    expect(finished(await project.run(config))).toMatchObject({ outcome: 'failed', error: { code: 'STAGE_FAILED' } });
    expect(await tries(project)).toBe(1);
  });
});
