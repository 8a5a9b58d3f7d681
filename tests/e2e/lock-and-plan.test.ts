import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { eventSchema } from '../../pipeline/events/event-schema.ts';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

const config = 'version: 1\nparams:\n  numbers:\n    count: 4\n';
const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': config,
  'package-lock.json': '{}',
};

beforeAll(buildCli);

const lockOf = (project: TempProject): string => readFileSync(join(project.dir, 'sluice.lock'), 'utf8');

test('the lock follows whole runs that succeed, and holds a frozen run', async () => {
  await using project = await TempProject.create(files);
  const run = (...args: readonly string[]) => runCli(project.dir, ['run', ...args]);
  expect(await run('total', '--lock')).toMatchObject({ code: 2, stderr: expect.stringContaining('--lock needs a run of the whole graph') });
  expect((await run('total')).code).toBe(0);
  expect((await run()).code).toBe(0);
  expect(existsSync(join(project.dir, 'sluice.lock'))).toBe(false);
  // Everything is up to date, with what nobody has written down: a lock that was not committed must not pass for one that holds.
  expect(await run('--frozen')).toMatchObject({ code: 4, stderr: expect.stringContaining('there is no sluice.lock') });

  expect((await run('--lock')).stderr).toContain('sluice.lock changed');
  const first = lockOf(project);
  expect(first).toMatch(
    /^ {2}numbers:\n {4}fingerprint: [0-9a-f]{64}\n {4}code: [0-9a-f]{64}\n {4}params:\n {6}params\.numbers\.count: 4\n/m,
  );
  expect((await run('--frozen')).code).toBe(0);

  // Neither a rejected gate nor a part of the graph nor a -S changes what is locked.
  expect((await run('-S', 'params.check.limit=1')).code).toBe(3);
  expect((await run('numbers', '-S', 'params.numbers.count=2')).code).toBe(0);
  expect((await run('-S', 'params.numbers.count=2')).code).toBe(0);
  expect(lockOf(project)).toBe(first);

  // Everything is up to date for count 2, but that is not what the lock says.
  const elsewhere = await run('--frozen', '-S', 'params.numbers.count=2');
  expect(elsewhere.code).toBe(4);
  expect(elsewhere.stderr).toContain('numbers: params.numbers.count is 4 in the lock, 2 here');
  expect(elsewhere.stderr).toContain('numbers: output list');

  await project.write({ 'configs/numbers.yaml': config.replace('4', '2') });
  expect(await run()).toMatchObject({ code: 0, stderr: expect.stringContaining('sluice.lock changed') });
  expect(lockOf(project)).toContain('params.numbers.count: 2\n');
  expect((await run('--frozen')).code).toBe(0);

  await project.write({ 'sluice.lock': `<<<<<<< HEAD\n${first}` });
  expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('sluice.lock:1') });
  expect((await run('--lock')).code).toBe(0);
});

test('a run keeps to its plan, and names what drifted since', async () => {
  await using project = await TempProject.create(files);
  const file = join(project.dir, 'plan.json');
  const plan = async (...args: readonly string[]) =>
    expect((await runCli(project.dir, ['plan', '--out', 'plan.json', ...args])).code).toBe(0);
  const run = (...args: readonly string[]) => runCli(project.dir, ['run', '--plan', 'plan.json', ...args]);
  const refused = async (...reasons: readonly unknown[]) => {
    const { code, stdout, stderr } = await run('--json');
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('the plan no longer holds') });
    expect(JSON.parse(stdout)).toMatchObject({ type: 'error', error: { code: 'STALE', data: { drift: reasons } } });
  };

  await plan('total', '-S', 'params.double.factor=3');
  const done = await run('--json');
  expect(done.code).toBe(0);
  const events = done.stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(events.flatMap((event) => eventSchema.safeParse(event).error ?? [])).toEqual([]);
  expect(events.at(-1)).toMatchObject({ outcomes: { numbers: 'executed', double: 'executed', total: 'executed' } });
  await refused('numbers: the store (it was to run, now it would reuse: nothing that it depends on changed)');

  await plan();
  await project.write({ 'configs/numbers.yaml': config.replace('4', '5') });
  await refused('config params.numbers.count: 4 → 5');
  await project.write({ 'configs/numbers.yaml': config });

  await project.write({ 'stages/lib/one.ts': 'export const one = 2;\n' });
  await refused(expect.stringMatching(/^numbers: its code \(stages\/lib\/one\.ts\)$/));
  await project.write({ 'stages/lib/one.ts': 'export const one = 1; // the first number\n' });
  expect((await run('--json')).code).toBe(0);

  await plan();
  const { stdout } = await runCli(project.dir, ['path', 'numbers.list']);
  rmSync(stdout.trim());
  await refused('numbers: the store (it was to reuse, now it would run: its output list is damaged or gone)');

  expect(await run('-S', 'params.double.factor=4')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--set beside it has no place'),
  });
  writeFileSync(file, '{"schema":1}');
  expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('plan.json is not a plan') });
});

test('data that moves while a planned run is at work is refused when its turn comes', async () => {
  await using project = await TempProject.create({
    'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"config.yaml"}}',
    'config.yaml': '',
    'data/a.txt': 'one',
    'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage, folderSource } from 'SLUICE';
const slow = defineStage({ name: 'slow', description: 'Waits', outputs: { out: artifact.json(z.number()) }, run: () => import('./slow.ts') });
const data = folderSource({ key: 'data', locate: () => 'data', include: () => true });
const count = defineStage({ name: 'count', description: 'Counts', inputs: { slow: slow.out.out, data }, outputs: { out: artifact.json(z.number()) }, run: () => import('./count.ts') });
export const pipeline = definePipeline({ name: 'moving', stages: [slow, count] });
`,
    'stages/slow.ts':
      'export default async ({ outputs }) => { await new Promise((wait) => setTimeout(wait, 1500)); await outputs.out.write(1); };\n',
    'stages/count.ts':
      'export default async ({ inputs, outputs }) => { await outputs.out.write(Object.keys(inputs.data.files).length); };\n',
  });
  expect((await runCli(project.dir, ['plan', '--out', 'plan.json'])).code).toBe(0);
  const run = startCli(project.dir, ['run', '--plan', 'plan.json']);
  await run.seen('slow     started');
  await project.write({ 'data/a.txt': 'two' });
  const { code, stderr } = await run.ended;
  expect({ code, stderr }).toEqual({
    code: 4,
    stderr: expect.stringMatching(/✔ slow +executed[^]*STALE count: not as planned: input data/),
  });
});

test('the page of a CI job gets the run, and a refusal; show --md says the same', async () => {
  await using project = await TempProject.create(files);
  const page = join(project.dir, 'page.md');
  const run = (...args: readonly string[]) => runCli(project.dir, ['run', ...args], { GITHUB_STEP_SUMMARY: page });
  expect((await run('-S', 'params.check.limit=1', '--json')).code).toBe(3);
  const text = readFileSync(page, 'utf8');
  expect(text).toContain('### ✖ numbers: a gate rejected in ');
  expect(text).toContain('| ✖ | limit | 20 | 1 | total 20 |');
  expect(`${(await runCli(project.dir, ['show', '--md'])).stdout}\n`).toBe(text);
  expect((await run('--frozen')).code).toBe(4);
  expect(readFileSync(page, 'utf8').slice(text.length)).toMatch(
    /^### ✖ sluice: something is stale[^]*\*\*STALE\*\* --frozen, but check would run/,
  );
});
