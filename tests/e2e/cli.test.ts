import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': 'version: 1\nparams:\n  numbers:\n    count: 4\n',
  'package-lock.json': '{}',
};
/** A stage that takes a minute unless it is stopped, and says which process it is. */
const slowTotal =
  "export default async ({ log, signal }) => { log.info('pid ' + process.pid); await new Promise((resolve, reject) => { setTimeout(resolve, 60000); signal.addEventListener('abort', () => reject(signal.reason)); }); };\n";

beforeAll(buildCli);

const json = (text: string): readonly Readonly<Record<string, unknown>>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

describe('a first day with the command line', () => {
  test('run, run again, status, plan, and what is stale after an edit', async () => {
    await using project = await TempProject.create(files);
    expect(await runCli(project.dir, ['status', '-q'])).toEqual({ code: 4, stdout: '', stderr: '' });
    const first = await runCli(project.dir, ['run']);
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toMatch(/^numbers 5 stages, run [0-9A-Z]{26}\n▸ numbers  started: it has not run yet\n✔ numbers  executed +\d+/);
    expect(first.stderr).toMatch(/✔ done in .*: 5 executed \(run /);
    const again = await runCli(project.dir, ['run', '--json']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(
      json(again.stdout)
        .filter(({ type }) => type === 'stage.finished')
        .map(({ stage, outcome }) => `${String(stage)} ${String(outcome)}`),
    ).toEqual(['numbers reused', 'double reused', 'total reused', 'check reused', 'summary reused']);
    expect(await runCli(project.dir, ['status'])).toEqual({ code: 0, stdout: '✔ all 5 stages are up to date\n', stderr: '' });
    expect(await runCli(project.dir, ['status', '-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
    await project.write({ 'configs/numbers.yaml': 'params: {double: {factor: 5}, numbers: {count: 4}}\n' });
    expect((await runCli(project.dir, ['status', '-q'])).code).toBe(4);
    const plan = await runCli(project.dir, ['plan', '--exit-code']);
    expect(plan.code).toBe(4);
    expect(plan.stdout).toMatch(/^= numbers +reuse .*\n▸ double +run +~[\d.]+ m?s +params\.double\.factor: 2 → 5\n/);
    expect((await runCli(project.dir, ['run', '--frozen'])).code).toBe(4);
  });

  test('runs, show, logs, path: all from what the run left', async () => {
    await using project = await TempProject.create({
      ...files,
      'stages/summary.ts':
        "import { writeFile } from 'node:fs/promises';\nexport default async ({ outputs, log }) => { log.warn('mind this'); console.log('printed'); await writeFile(outputs.text.path, 'x'); };\n",
    });
    await runCli(project.dir, ['run']);
    const runs = await runCli(project.dir, ['runs', '--json']);
    expect(json(runs.stdout)).toMatchObject([{ pipeline: 'numbers', exitCode: 0 }]);
    const id = String(json(runs.stdout)[0]?.['id']);
    expect((await runCli(project.dir, ['runs'])).stdout).toMatch(new RegExp(`^${id}  .* done +5 executed\n$`));
    expect((await runCli(project.dir, ['show', id.slice(0, 12)])).stdout).toMatch(/! summary: mind this\n/);
    expect(json((await runCli(project.dir, ['show', '--json'])).stdout)[0]).toMatchObject({
      id,
      notable: [{ type: 'stage.log', message: 'mind this' }],
    });
    const log = await runCli(project.dir, ['logs', 'latest', 'summary']);
    expect(log.stdout).toMatch(/warn {2}mind this\n/);
    expect(log.stdout).toMatch(/^printed$/m);
    expect((await runCli(project.dir, ['logs', 'latest', 'sumary'])).stderr).toContain('Did you mean "summary"?');
    const path = (await runCli(project.dir, ['path', 'total.total'])).stdout.trim();
    expect(readFileSync(path, 'utf8')).toBe('20\n');
    expect((await runCli(project.dir, ['path', 'total.totla'])).stderr).toContain('Did you mean "total"?');
    expect(await runCli(project.dir, ['show', 'latets'])).toMatchObject({ code: 2, stderr: expect.stringContaining('RUN_NOT_FOUND') });
  });

  test('the reports of a run are put where a person opens them', async () => {
    const graph =
      numberStages['stages/graph.ts']?.replace("artifact.file({ mediaType: 'text/plain', extension: '.txt' })", 'artifact.report()') ?? '';
    await using project = await TempProject.create({ ...files, 'stages/graph.ts': graph });
    const run = await runCli(project.dir, ['run']);
    const shown = /summary report {2}(reports\/\S+\.html)/.exec(run.stderr)?.[1] ?? '';
    expect(readFileSync(join(project.dir, shown), 'utf8')).toBe('20 passed');
    expect((await runCli(project.dir, ['report'])).stdout).toBe(`${join(project.dir, shown)}\n`);
  });
});

describe('mistakes', () => {
  test('a mistyped config key is named with file, line, column, squiggle and the nearest name', async () => {
    await using project = await TempProject.create({ ...files, 'configs/numbers.yaml': 'params:\n  numbers:\n    cuont: 4\n' });
    const run = await runCli(project.dir, ['run']);
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        '✖ CONFIG_UNKNOWN_KEY "params.numbers.cuont" is not a config key. Did you mean "count"?',
        '  at configs/numbers.yaml:3:5',
        '  3 │     cuont: 4',
        '    │     ~~~~~',
        '  → Keys of params.numbers: count, label.',
        '',
      ].join('\n'),
    });
    const machine = await runCli(project.dir, ['run', '--json']);
    expect(json(machine.stdout)).toMatchObject([{ type: 'error', error: { code: 'CONFIG_UNKNOWN_KEY', at: { line: 3, column: 5 } } }]);
  });

  test.each([
    ['command', ['rnu'], 'there is no command "rnu". Did you mean "run"?'],
    ['stage', ['run', 'totl'], 'there is no stage "totl" in pipeline "numbers". Did you mean "total"?'],
    ['stage of --force', ['run', '--force=doubel'], 'there is no stage "doubel" in pipeline "numbers". Did you mean "double"?'],
    ['option', ['run', '--jsno'], '"run" has no option --jsno. Did you mean "--json"?'],
    [
      'config file',
      ['run', '-c', 'configs/nubmers.yaml'],
      'config file configs/nubmers.yaml does not exist. Did you mean "configs/numbers.yaml"?',
    ],
    ['-S', ['run', '-S', 'params.double.fctor=3'], '"params.double.fctor" is not a config key. Did you mean "factor"?'],
  ])('a mistyped %s ends with 2 and its nearest name', async (_, args, message) => {
    await using project = await TempProject.create(files);
    const run = await runCli(project.dir, args);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });

  test('outside a project it says what a project is', async () => {
    await using project = await TempProject.create({});
    expect(await runCli(project.dir, ['plan'])).toMatchObject({ code: 2, stderr: expect.stringContaining('GRAPH_LOAD no pipeline at') });
  });

  test('a rejected gate is 3, a failing stage 1, and the rest of the story is told', async () => {
    await using project = await TempProject.create(files);
    const rejected = await runCli(project.dir, ['run', '-S', 'params.check.limit=1']);
    expect(rejected.code).toBe(3);
    expect(rejected.stderr).toContain('✖ check rejected:\n    limit: 20, limit 1; total 20\n');
    await project.write({ 'stages/total.ts': "export default async () => { throw new Error('boom at 42'); };\n" });
    const failed = await runCli(project.dir, ['run']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/✖ STAGE_FAILED total: boom at 42\n/);
  });
});

describe('Ctrl-C', () => {
  test('once: 130, no orphan, and what was finished is reused', async () => {
    await using project = await TempProject.create({ ...files, 'stages/total.ts': slowTotal });
    const run = startCli(project.dir, ['run']);
    await run.seen('total │ pid ');
    run.child.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('ending the stages in order');
    const pid = Number(/pid (\d+)/.exec(stderr)?.[1]);
    expect(existsSync(`/proc/${pid}/stat`)).toBe(false);
    await project.write({ 'stages/total.ts': numberStages['stages/total.ts'] ?? '' });
    expect((await runCli(project.dir, ['run'])).stderr).toMatch(/3 executed|2 reused/);
  });

  test('twice: the process ends at once, and its stages with it', async () => {
    await using project = await TempProject.create({
      ...files,
      'stages/total.ts': slowTotal.replace('() => reject(signal.reason)', '() => {}'),
    });
    const run = startCli(project.dir, ['run']);
    await run.seen('total │ pid ');
    run.child.kill('SIGINT');
    await run.seen('again kills');
    const from = Date.now();
    run.child.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(Date.now() - from).toBeLessThan(3000);
    const pid = Number(/pid (\d+)/.exec(stderr)?.[1]);
    await expect(gone(pid)).resolves.toBe(true);
  });

  test('SIGTERM is 143', async () => {
    await using project = await TempProject.create({ ...files, 'stages/total.ts': slowTotal });
    const run = startCli(project.dir, ['run', '--json']);
    await run.seen('pid ');
    run.child.kill('SIGTERM');
    const { code, stdout } = await run.ended;
    expect(code).toBe(143);
    expect(json(stdout).at(-1)).toMatchObject({ type: 'run.finished', outcomes: { total: 'cancelled' } });
  });
});

/** Whether a process ends within three seconds. */
async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 60; tries += 1) {
    // One read: between a look and a read the process may end.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null || stat.includes(') Z ')) return true;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  return false;
}
