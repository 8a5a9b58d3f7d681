import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { processesIn, signStages } from '../../pipeline/testing/sign-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

/** A grandchild that holds the stage's standard output open and heeds no SIGTERM. */
const STUBBORN = "spawn('/bin/sh', ['-c', 'trap \"\" TERM; while :; do sleep 1; done'], { stdio: 'inherit' });";
const body = (text: string): string =>
  `import { spawn } from 'node:child_process'; // sluice-allow-untracked: what it starts is what is tested\nexport default async ({ outputs, signal, log }) => {\n${text}\n};\n`;

async function expectNobodyLeft(project: TempProject): Promise<void> {
  for (let tries = 0; tries < 150 && (await processesIn(project.dir)).length > 0; tries++) await sleep(20);
  expect(await processesIn(project.dir)).toEqual([]);
}

describe('the process group of a stage', () => {
  test('kill -9 of the run: gone, also where the body computes and never looks up', async () => {
    const busy = body(`${STUBBORN}\nlog.info('computes'); await new Promise((next) => setTimeout(next, 200)); for (;;) Math.sqrt(2);`);
    await using project = await TempProject.create({ ...signStages, 'stages/slow.ts': busy });
    const run = startCli(project.dir, ['run', '--json']);
    await run.seen('computes');
    await sleep(400);
    expect((await processesIn(project.dir)).length).toBeGreaterThanOrEqual(3);
    run.child.kill('SIGKILL');
    await run.ended;
    await expectNobodyLeft(project);
  });

  test('a timeout ends all of it, and says so', async () => {
    const hangs = body(`${STUBBORN}\nawait new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));`);
    const graph = (signStages['stages/index.ts'] ?? '').replace("memory: '64MiB'", "memory: '64MiB', timeout: '1500ms'");
    await using project = await TempProject.create({ ...signStages, 'stages/index.ts': graph, 'stages/slow.ts': hangs });
    const { code, stderr } = await runCli(project.dir, ['run']);
    expect([code, /STAGE_TIMEOUT slow: stage "slow" ran longer than 1\.5 s/.test(stderr)]).toEqual([1, true]);
    await expectNobodyLeft(project);
  });

  test('Ctrl-C ends all of it', async () => {
    const hangs = body(
      `${STUBBORN}\nlog.info('hangs'); await new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));`,
    );
    await using project = await TempProject.create({ ...signStages, 'stages/slow.ts': hangs });
    const run = startCli(project.dir, ['run', '--json']);
    await run.seen('hangs');
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    await expectNobodyLeft(project);
  });

  test('what a body leaves running ends with the stage', async () => {
    await using project = await TempProject.create({
      ...signStages,
      'stages/slow.ts': body(`${STUBBORN}\nawait outputs.number.write(1);`),
    });
    const { code, stderr } = await runCli(project.dir, ['run']);
    expect([code, stderr.includes('2 executed')]).toEqual([0, true]);
    await expectNobodyLeft(project);
  });
});
