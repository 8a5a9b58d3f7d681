import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { slopeStudy, studyStages } from '../../pipeline/testing/study-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

interface Shown {
  readonly best: string | null;
  readonly variant: string;
  readonly failed: readonly { readonly label: string; readonly message: string }[];
  readonly rows: readonly {
    readonly label: string;
    readonly runs: readonly string[];
    readonly metrics: Readonly<Record<string, { readonly value: number; readonly lo: number | null; readonly hi: number | null }>>;
    readonly against: Readonly<Record<string, { readonly value: number; readonly lo: number | null; readonly hi: number | null }>> | null;
  }[];
}

const create = (study: string, more: Readonly<Record<string, string>> = {}): Promise<TempProject> =>
  TempProject.create({ ...studyStages, 'experiments/slopes/study.yaml': study, ...more });
const exp = (project: TempProject, ...args: readonly string[]) => runCli(project.dir, ['exp', ...args]);
const run = async (project: TempProject, ...args: readonly string[]): Promise<Shown> => {
  const { stdout, stderr } = await exp(project, 'run', 'slopes', '--json', '--no-mlflow', ...args);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Shown;
};
const runFolders = (project: TempProject): Promise<string[]> => readdir(join(project.dir, 'artifacts/runs'));
const losses = ({ rows }: Shown): Readonly<Record<string, number | undefined>> =>
  Object.fromEntries(rows.map(({ label, metrics }) => [label, metrics['cv_loss']?.value]));

describe('a study', () => {
  test('runs each point of a grid as far as its metric, on stages that are made once, and prints the best', async () => {
    await using project = await create(slopeStudy);
    const first = await exp(project, 'run', 'slopes', '--no-mlflow', '--save');
    expect(first.code).toBe(0);
    // Rows 1 … 8 have the mean 4.5: (4.5 · slope − 9)².
    expect(first.stdout).toMatch(/^point +cv_loss +cv_loss − slope=1\nslope=1 +20\.2500\nslope=2 +0 +-20\.2500\nslope=3 +20\.2500 +0\n/);
    expect(first.stdout).toContain('Best by fit.cv_loss (minimize): slope=2 of 3.');
    expect(await readFile(join(project.dir, 'experiments/slopes/result.md'), 'utf8')).toContain('| slope=2 | 0 | -20.2500 |');
    const outcomes = await Promise.all(
      (await runFolders(project)).toSorted().map(async (id) => {
        const record = JSON.parse(await readFile(join(project.dir, 'artifacts/runs', id, 'run.json'), 'utf8'));
        return Object.entries(record.stages).map(([stage, summary]) => `${stage} ${(summary as { outcome: string }).outcome}`);
      }),
    );
    expect(outcomes).toEqual([
      ['rows executed', 'deal executed', 'fit executed'],
      ['rows reused', 'deal reused', 'fit executed'],
      ['rows reused', 'deal reused', 'fit executed'],
    ]);
  });

  test('that is killed goes on where it was: finished trials are not run again, half a line is cut off', async () => {
    await using project = await create(slopeStudy.replace('[1, 2, 3]', '[1, 2]'));
    const args = ['exp', 'run', 'slopes', '--no-mlflow', '--json', '-S', 'params.fit.napMs=1500'];
    const killed = startCli(project.dir, args);
    await killed.seen('✔ 1/2');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const [finished] = (await runFolders(project)).toSorted();
    const folder = join(project.dir, 'artifacts/studies/slopes');
    const journal = (await readdir(folder)).find((name) => name.endsWith('.ndjson')) ?? '';
    await appendFile(join(folder, journal), '{"type":"trial","ke');
    const resumed = await runCli(project.dir, args);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toMatch(/✔ 1\/2 slope=1 {2}cv_loss 20\.250 {2}kept from before\n✔ 2\/2 slope=2 {2}cv_loss 0\.0000 {2}\d/);
    const shown = JSON.parse(resumed.stdout) as Shown;
    expect(losses(shown)).toEqual({ 'slope=1': 20.25, 'slope=2': 0 });
    expect(shown.rows[0]?.runs).toEqual([finished]);
    // What a journal says of other code is not believed.
    const fit = studyStages['stages/fit.ts'] ?? '';
    await project.write({ 'stages/fit.ts': fit.replace('(mean * params.slope - 9)', '(mean * params.slope - 8)') });
    const edited = await runCli(project.dir, args);
    expect(edited.stderr).not.toContain('kept from before');
    expect(losses(JSON.parse(edited.stdout) as Shown)).toEqual({ 'slope=1': 12.25, 'slope=2': 1 });
  });

  test('keeps the other trials when one fails, says why, and tries only that one again', async () => {
    await using project = await create(slopeStudy.replace('params.fit.slope: [1, 2, 3]', 'params.fit.kind: [plain, broken, square]'));
    const { code, stdout, stderr } = await exp(project, 'run', 'slopes', '--no-mlflow');
    expect(code).toBe(1);
    expect(stderr).toContain('✘ 2/3 kind=broken');
    expect(stderr).toContain('no fit of kind broken');
    expect(stdout).toMatch(/kind=plain +20\.2500\n.*kind=square +40\.5000 +20\.2500\n/);
    await project.write({ 'stages/fit.ts': (studyStages['stages/fit.ts'] ?? '').replace("if (params.kind === 'broken')", 'if (false)') });
    expect((await run(project)).failed).toEqual([]);
  });

  test('with repeats reports means with Student’s interval, and differences pair by pair', async () => {
    const repeat = 'repeat: { key: params.deal.foldSeed, values: [0, 10, 20] }\n';
    await using project = await create(`${slopeStudy.replace('[1, 2, 3]', '[1, 2]')}${repeat}`);
    const { rows } = await run(project);
    // Means 4.5, 5.5, 6.5: losses 20.25, 12.25, 6.25 at slope 1; 0, 4, 16 at 2. t(0.975, 2) = 4.3027.
    const interval = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / 3;
      const reach = 4.3027 * Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6);
      return { value: expect.closeTo(mean, 9), lo: expect.closeTo(mean - reach, 2), hi: expect.closeTo(mean + reach, 2) };
    };
    expect(rows[0]?.metrics['cv_loss']).toEqual(interval([20.25, 12.25, 6.25]));
    expect(rows[1]?.against?.['cv_loss']).toEqual(interval([-20.25, -8.25, 9.75]));
  });

  test('random: the same seed draws the same points, within their ranges; another seed others', async () => {
    const study = `title: t\nmethod: random\ntrials: 3\nspace:\n  params.fit.slope: { low: 0.5, high: 8, log: true }\n  params.fit.rounds: { low: 1, high: 3, whole: true }\ntarget: { metric: fit.cv_loss, direction: minimize }\n`;
    await using project = await create(study);
    const first = await run(project);
    await using twin = await create(study);
    expect(losses(await run(twin))).toEqual(losses(first));
    await twin.write({ 'experiments/slopes/study.yaml': `${study}seed: 2\n` });
    expect(Object.keys(losses(await run(twin)))).not.toEqual(Object.keys(losses(first)));
    for (const { label } of first.rows) {
      const [, slope, rounds] = /^slope=(\S+) rounds=(\d)$/.exec(label) ?? [];
      expect(Number(slope)).toBeGreaterThanOrEqual(0.5);
      expect(Number(slope)).toBeLessThanOrEqual(8);
      expect(['1', '2', '3']).toContain(rounds);
    }
  });

  test('halving: the best third goes on with three times the budget', async () => {
    const study = `title: t\nmethod: halving\ntrials: 9\nbudget: { key: params.fit.rounds, from: 1, to: 9, factor: 3 }\nspace:\n  params.fit.slope: { low: 0.5, high: 8 }\ntarget: { metric: fit.cv_loss, direction: minimize }\n`;
    await using project = await create(study);
    const { code, stdout, stderr } = await exp(project, 'run', 'slopes', '--no-mlflow', '--json');
    expect(code).toBe(0);
    const rungs = [...stderr.matchAll(/▸ (\d+) points? at params\.fit\.rounds=(\d+)/g)].map(([, points, budget]) => [points, budget]);
    expect(rungs).toEqual([
      ['9', '1'],
      ['3', '3'],
      ['1', '9'],
    ]);
    const slope = (label: string): number => Number(label.slice('slope='.length));
    const drawn = [...stderr.matchAll(/✔ \d+\/9 (slope=\S+)/g)].map(([, label = '']) => slope(label));
    const nearest = drawn.toSorted((a, b) => Math.abs(4.5 * a - 9) - Math.abs(4.5 * b - 9))[0];
    const shown = JSON.parse(stdout) as Shown;
    expect(shown.rows.map(({ label }) => slope(label))).toEqual([nearest]);
    expect(shown.rows[0]?.metrics['cv_loss']?.value).toBeCloseTo((4.5 * (nearest ?? 0) - 9) ** 2 / 9, 9);
  });
});

describe('the holdout', () => {
  test('is no part of a study: other holdout rows change nothing that it reports', async () => {
    await using project = await create(slopeStudy);
    const before = await run(project);
    const poisoned = await run(project, '-S', 'params.rows.values=[1, 2, 3, 4, 5, 6, 7, 8, 999, -999]');
    expect(losses(poisoned)).toEqual(losses(before));
    expect(poisoned.best).toBe(before.best);
    // Other development rows do: the comparison above can fail.
    expect(losses(await run(project, '-S', 'params.rows.values=[2, 2, 3, 4, 5, 6, 7, 8, 9, 10]'))).not.toEqual(losses(before));
    expect((await readdir(join(project.dir, 'artifacts/stages'))).toSorted()).toEqual(['deal', 'fit', 'rows']);
  });

  test.each([
    [
      'a metric of a stage that reads it',
      slopeStudy.replace('fit.cv_loss', 'judge.holdout_loss'),
      'judge.holdout_loss is measured on deal.holdout',
      4,
    ],
    ['its seed', slopeStudy.replace('params.fit.slope', 'params.deal.seed'), 'params.deal.seed decides which rows are held out', 3],
  ])('refuses %s before anything runs, with the place', async (_what, study, message, line) => {
    await using project = await create(study);
    const { code, stderr } = await exp(project, 'run', 'slopes', '--no-mlflow');
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`at experiments/slopes/study.yaml:${line}:`);
    await expect(runFolders(project)).rejects.toThrow('ENOENT');
  });
});

describe('what is mistyped', () => {
  test.each([
    ['a key of the study', slopeStudy.replace('space:', 'spaces:'), '"spaces" is not a config key. Did you mean "space"?', 2],
    [
      'a config key',
      slopeStudy.replace('fit.slope', 'fit.slop'),
      '"params.fit.slop" is not a config key. Did you mean "params.fit.slope"?',
      3,
    ],
    ['a stage', slopeStudy.replace('fit.cv_loss', 'fti.cv_loss'), 'there is no stage "fti" in pipeline "study". Did you mean "fit"?', 4],
    ['a value', slopeStudy.replace('[1, 2, 3]', '[1, 20]'), 'params.fit.slope is 20; allowed: a number from 0, up to 10.', 3],
    [
      'a value of an arm',
      `${slopeStudy}arms:\n  a: { params.fit.kind: plain }\n  b: { params.fit.kind: squar }\n`,
      'Did you mean "square"?',
      7,
    ],
    [
      'a method',
      `${slopeStudy}method: gird\n`,
      'method is "gird"; allowed: one of "grid", "random", "halving", "tpe". Did you mean "grid"?',
      5,
    ],
    ['halving without a budget', `${slopeStudy}method: halving\n`, 'halving needs a budget', 5],
    ['a range in a grid', slopeStudy.replace('[1, 2, 3]', '{ low: 1, high: 2 }'), 'a grid cannot cover the range of params.fit.slope', 3],
  ])('%s is refused with its place and nothing runs', async (_what, study, message, line) => {
    await using project = await create(study);
    const { code, stderr } = await exp(project, 'run', 'slopes', '--no-mlflow');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(stderr).toContain(`at experiments/slopes/study.yaml:${line}:`);
    await expect(runFolders(project)).rejects.toThrow('ENOENT');
  });

  test('a metric that the stage does not log, with those that it does', async () => {
    await using project = await create(slopeStudy.replace('fit.cv_loss', 'fit.cv_los'));
    const { code, stderr } = await exp(project, 'run', 'slopes', '--no-mlflow');
    expect(code).toBe(2);
    expect(stderr).toContain('stage "fit" logged no single value "cv_los". Did you mean "cv_loss"?');
    expect(stderr).toContain('It logged: cv_loss, cv_mean.');
  });

  test('a study, an action, a surplus word', async () => {
    await using project = await create(slopeStudy);
    expect((await exp(project, 'run', 'slops')).stderr).toContain(
      'there is no study "slops" (experiments/slops/study.yaml). Did you mean "slopes"?',
    );
    expect((await exp(project, 'rnu', 'slopes')).stderr).toContain('Did you mean "run"?');
    expect((await exp(project, 'run', 'slopes', 'now')).stderr).toContain('does not know what to do with "now"');
    expect((await exp(project, 'diff', 'slopes', 'slopes')).stderr).toContain('Run it: sluice exp run slopes');
  });
});

test('exp ls and exp diff tell of what ran, by name and variant', async () => {
  await using project = await create(slopeStudy);
  expect((await exp(project, 'ls')).stdout).toBe('slopes  not run\n');
  const plain = await run(project);
  const square = await run(project, '-S', 'params.fit.kind=square');
  const listed = (await exp(project, 'ls')).stdout;
  expect(listed).toMatch(
    new RegExp(`^slopes@${square.variant}  done, 3 trials  best: slope=2 \\(cv_loss 0\\.0000\\)  .*params\\.fit\\.kind=square\n`),
  );
  const { stdout } = await exp(project, 'diff', `slopes@${plain.variant}`, 'slopes');
  expect(stdout).toMatch(/slope=1 +20\.2500 +40\.5000 +\+20\.2500\n/);
});
