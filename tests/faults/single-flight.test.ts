import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SluiceEvent, StageOutcome } from '../../pipeline/events/event.ts';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, type CliResult, runCli, type RunningCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { processesIn, signStages } from '../../pipeline/testing/sign-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

const RUN = ['run', '--json'];

function eventsOf({ stdout }: CliResult): readonly SluiceEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): SluiceEvent => JSON.parse(line));
}

function outcomesOf(result: CliResult): Readonly<Record<string, StageOutcome>> {
  const last = eventsOf(result).at(-1);
  return last?.type === 'run.finished' ? last.outcomes : {};
}

async function signed(project: TempProject): Promise<readonly string[]> {
  return (await readFile(join(project.dir, 'signed'), 'utf8')).trim().split('\n');
}

/** The number that a port holds for whoever asks now. */
async function numberAt(project: TempProject, port: string): Promise<string> {
  return readFile((await runCli(project.dir, ['path', port])).stdout.trim(), 'utf8');
}

async function expectCleanFolders(project: TempProject): Promise<void> {
  expect(await readdir(join(project.dir, 'artifacts/flights'))).toEqual([]);
  expect(await readdir(join(project.dir, 'artifacts/staging'))).toEqual([]);
  expect(await processesIn(project.dir)).toEqual([]);
}

describe('the same work asked for by several processes at once', () => {
  test('is executed once; the others join, read its log and progress, and have its result', async () => {
    await using project = await TempProject.create(signStages);
    const first = startCli(project.dir, RUN);
    await first.seen('waits as ');
    const others = [startCli(project.dir, RUN), startCli(project.dir, RUN)];
    await Promise.all(others.map((other) => other.seen('"stage.progress"')));
    await writeFile(join(project.dir, 'go'), '');
    const results = await Promise.all([first, ...others].map(({ ended }) => ended));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(results.map((result) => outcomesOf(result)['slow'])).toEqual(['executed', 'joined', 'joined']);
    expect(await signed(project)).toEqual(['a', 'after']);
    expect(eventsOf(results[1] ?? { code: 0, stdout: '', stderr: '' })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'stage.started',
          stage: 'slow',
          reason: expect.stringMatching(/^joins run \w{26}, which is at it$/),
        }),
        expect.objectContaining({ type: 'stage.log', stage: 'slow', message: expect.stringMatching(/^waits as \d+$/) }),
        expect.objectContaining({ type: 'stage.progress', stage: 'slow', done: 1, total: 2, note: 'half' }),
      ]),
    );
    await expectCleanFolders(project);
  });

  test('ten runs from nothing execute each stage once', async () => {
    await using project = await TempProject.create({ ...signStages, go: '' });
    const results = await Promise.all(Array.from({ length: 10 }, async () => runCli(project.dir, RUN)));
    expect(results.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => 0));
    expect((await signed(project)).toSorted()).toEqual(['a', 'after']);
    for (const stage of ['slow', 'after']) expect(results.filter((result) => outcomesOf(result)[stage] === 'executed')).toHaveLength(1);
    await expectCleanFolders(project);
  });

  test('different configs of one stage run side by side', async () => {
    await using project = await TempProject.create(signStages);
    const first = startCli(project.dir, RUN);
    await first.seen('waits as ');
    const second = startCli(project.dir, [...RUN, '-S', 'params.slow.label=b']);
    await second.seen('waits as ');
    await writeFile(join(project.dir, 'go'), '');
    const results = await Promise.all([first.ended, second.ended]);
    expect(results.map((result) => [result.code, outcomesOf(result)['slow']])).toEqual([
      [0, 'executed'],
      [0, 'executed'],
    ]);
    expect((await signed(project)).toSorted()).toEqual(['a', 'after', 'after', 'b']);
    const again = await runCli(project.dir, RUN);
    expect(outcomesOf(again)).toEqual({ slow: 'reused', after: 'reused' });
    expect(await numberAt(project, 'slow.number')).toBe(await numberAt(project, 'after.copy'));
  });

  test('configs that differ in what nobody reads may do it twice, side by side, to the same bytes, and nothing breaks', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'package.json': signStages['package.json'] ?? '',
      'configs/sign.yaml': 'version: 1\n',
    });
    const labels = ['a', 'b', 'c', 'd', 'e'];
    const results = await Promise.all(labels.map(async (label) => runCli(project.dir, [...RUN, '-S', `params.numbers.label=${label}`])));
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(labels.map(() => [0, '']));
    expect(outcomesOf(await runCli(project.dir, RUN))).toEqual({
      numbers: 'reused',
      double: 'reused',
      total: 'reused',
      check: 'reused',
      summary: 'reused',
    });
    await expectCleanFolders(project);
  });

  test('a failure of the first is the failure of those who joined it', async () => {
    const failing = (signStages['stages/slow.ts'] ?? '').replace(
      'await outputs.number.write(Math.random());',
      "throw new Error('no luck at 42');",
    );
    await using project = await TempProject.create({ ...signStages, 'stages/slow.ts': failing });
    const first = startCli(project.dir, RUN);
    await first.seen('waits as ');
    const second = startCli(project.dir, RUN);
    await second.seen('waits as ');
    await writeFile(join(project.dir, 'go'), '');
    const results = await Promise.all([first.ended, second.ended]);
    expect(results.map(({ code }) => code)).toEqual([1, 1]);
    expect(await signed(project)).toEqual(['a']);
    expect(results[1]?.stdout).toMatch(/no luck at 42 \(in run \w{26}, which this run had joined\)/);
  });

  test('--no-wait ends with 5 and leaves the other run alone', async () => {
    await using project = await TempProject.create(signStages);
    const first = startCli(project.dir, RUN);
    await first.seen('waits as ');
    const refused = await runCli(project.dir, ['run', '--no-wait']);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toMatch(/LOCK_TIMEOUT slow: run \w{26} \(process \d+\) is at stage "slow"/);
    await writeFile(join(project.dir, 'go'), '');
    expect((await first.ended).code).toBe(0);
  });
});

describe('a run that others have joined', () => {
  test('is killed with -9: one of them takes over, at once, and the rest join that one', async () => {
    await using project = await TempProject.create(signStages);
    const first = startCli(project.dir, RUN);
    await first.seen('waits as ');
    const others = [startCli(project.dir, RUN), startCli(project.dir, RUN)];
    await Promise.all(others.map((other) => other.seen('waits as ')));
    first.child.kill('SIGKILL');
    await Promise.race(others.map((other) => other.seen('taken over from run')));
    await writeFile(join(project.dir, 'go'), '');
    const results = await Promise.all(others.map(({ ended }) => ended));
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    expect(new Set(results.map((result) => outcomesOf(result)['slow']))).toEqual(new Set(['executed', 'joined']));
    expect((await signed(project)).filter((line) => line === 'a')).toHaveLength(2);
    await expectCleanFolders(project);
  });

  test('is interrupted: one of them goes on with the work', async () => {
    await using project = await TempProject.create(signStages);
    const first = startCli(project.dir, RUN);
    await first.seen('waits as ');
    const second = startCli(project.dir, RUN);
    await second.seen('waits as ');
    first.child.kill('SIGINT');
    await writeFile(join(project.dir, 'go'), '');
    expect((await first.ended).code).toBe(130);
    const result = await second.ended;
    expect([result.code, outcomesOf(result)['slow']]).toEqual([0, 'executed']);
  });

  test('is stopped for longer than its heartbeat: its successor’s result stays when it wakes up', async () => {
    await using project = await TempProject.create(signStages);
    const sleeper = startCli(project.dir, RUN);
    await sleeper.seen('waits as ');
    sleeper.child.kill('SIGSTOP');
    const successor = startCli(project.dir, RUN);
    await successor.seen('gave no sign of life for 10 s');
    await writeFile(join(project.dir, 'go'), ''); // both bodies end now, each with a number of its own
    await expectSuccessorWins(project, sleeper, successor);
  });

  test('is stopped right before the rename that would commit its result: the same', async () => {
    await using project = await TempProject.create({ ...signStages, go: '' });
    await mkdir(join(project.dir, 'artifacts'));
    const sleeper = startCli(project.dir, RUN, {
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'fault-at-operation.mjs')).href}`,
      SLUICE_ARTIFACTS: join(project.dir, 'artifacts'),
      STOP_BEFORE_RENAMING: 'manifest',
    });
    await sleeper.seen('waits as ');
    while (!(await isStopped(sleeper.child.pid))) await new Promise((next) => setTimeout(next, 20));
    const successor = startCli(project.dir, RUN);
    await expectSuccessorWins(project, sleeper, successor);
  });
});

async function expectSuccessorWins(project: TempProject, sleeper: RunningCli, successor: RunningCli): Promise<void> {
  const done = await successor.ended;
  expect([done.code, outcomesOf(done)['slow']]).toEqual([0, 'executed']);
  const kept = await numberAt(project, 'slow.number');
  const manifests = join(project.dir, 'artifacts/stages/slow');
  const name = (await readdir(manifests)).find((file) => file.endsWith('.json')) ?? '';
  const manifest = await readFile(join(manifests, name), 'utf8');
  sleeper.child.kill('SIGCONT');
  const woken = await sleeper.ended;
  expect(outcomesOf(woken)['slow']).toBe('joined');
  expect(woken.stdout).toContain('LOCK_TAKEN_OVER');
  expect(await signed(project)).toEqual(['a', 'a', 'after']);
  expect(await numberAt(project, 'slow.number')).toBe(kept);
  expect(await readFile(join(manifests, name), 'utf8')).toBe(manifest);
  await expectCleanFolders(project);
}

async function isStopped(pid: number | undefined): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2)[0] === 'T';
}
