import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, type CliResult, REPOSITORY, runCli } from '../../pipeline/testing/real-cli.ts';
import type { TabularRecourse } from '../../stages/tabular/recourse/recourse-schema.ts';
import type { Evaluation } from '../../stages/evaluate/evaluation-schema.ts';
import { tinyConfig, tinyCsv, writeTinyTable } from './tiny-table.ts';

const shared = resolve(process.env['SLUICE_SHARED'] ?? join(REPOSITORY, '../shared'));
const library = existsSync(join(REPOSITORY, '.venv')) || process.env['SLUICE_XGBOOST'] !== undefined;
const suite = library ? describe : describe.skip;

/** Config, folder, rows, and an AUC that any sound model reaches on the holdout. */
const REAL = [
  ['german-credit', 'uci_german_credit', 1000, 0.7],
  ['taiwan', 'uci_taiwan_default', 30_000, 0.74],
] as const;

suite(`the single-table graph${library ? '' : ' (skipped: no .venv: run `make setup`)'}`, () => {
  let dir: string;
  const sluice = (...args: string[]): Promise<CliResult> => runCli(REPOSITORY, args, { SLUICE_ARTIFACTS: join(dir, 'artifacts') });
  const read = async <T>(port: string): Promise<T> => JSON.parse(readFileSync((await sluice('path', port)).stdout.trim(), 'utf8')) as T;
  const evaluation = (): Promise<Evaluation> => read('evaluate.evaluation');

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sluice-tabular-'));
    await buildCli();
    await writeTinyTable(dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('runs a table that only a config declares', async () => {
    const run = await sluice('run', 'evaluate', 'drift', '-c', join(dir, 'tiny.yaml'));
    expect(run).toMatchObject({ code: 0, stdout: '' });
    const { features, prohibited, rows } = await read<{ features: string[]; prohibited: string[]; rows: number }>('train.summary');
    expect(features).toEqual(['points', 'grade', 'town__ca', 'town__cb']);
    expect(prohibited).toEqual(['sex__female', 'sex__male']);
    const { fairness, headline, rows: held } = await evaluation();
    expect(rows + held).toBe(400);
    // Points of the bad are 25 of 100 lower: P(bad < good) for two uniforms that far apart is 1 − 0.75²/2 = 0.72.
    expect(Math.abs(headline.auc.value - 0.72)).toBeLessThan(0.15);
    expect(fairness.map(({ attribute, groups }) => [attribute, groups.map(({ group }) => group).toSorted()])).toEqual([
      ['sex', ['female', 'male']],
      ['points', ['0 to under 50', '50 and over', 'under 0']],
    ]);
    expect(await read<{ verdict: { status: string } }>('drift.result')).toMatchObject({ verdict: { status: 'insufficient' } });
    expect(await read<{ verdict: string }>('validate.contract')).toMatchObject({ verdict: 'passed' });
  });

  test('says to the refused what other answers the real model would approve; categories may be one column of codes each', async () => {
    const codes = ['-S', 'params.features.categories=codes', '-S', 'params.train.maxDepth=2', '-S', 'params.calibrate.costFalseNegative=2'];
    expect(await sluice('run', 'recourse', '-c', join(dir, 'tiny.yaml'), ...codes)).toMatchObject({ code: 0 });
    const { features, categories } = await read<{ features: string[]; categories: Record<string, { level: string; known: boolean }[]> }>(
      'train.summary',
    );
    expect(features).toEqual(['points', 'grade', 'town']);
    expect(categories).toMatchObject({
      town: [
        { level: 'ca', known: true },
        { level: 'cb', known: true },
      ],
    });
    const { clients, threshold, changeable } = await read<TabularRecourse>('recourse.recourse');
    expect(changeable.map(({ column }) => column)).toEqual(['points', 'town']);
    expect(clients.length).toBeGreaterThan(5);
    for (const { calibrated, found, lowest, en } of clients) {
      expect(calibrated).toBeGreaterThanOrEqual(threshold);
      if (found === null) expect(lowest).toBeGreaterThanOrEqual(threshold);
      else {
        expect(found.calibrated).toBeLessThan(threshold);
        expect(en).toMatch(found.changes[0]?.column === 'points' ? /Points: \S+ instead of \S+/ : /Town: c[ab] instead of c[ab]/);
      }
    }
    expect(clients.some(({ found }) => found?.changes[0]?.column === 'points')).toBe(true);
  });

  test('a bad value, a foreign target and a contradiction are named', async () => {
    const csv = tinyCsv().split('\n');
    await writeFile(join(dir, 'tiny.csv'), csv.with(9, (csv[9] ?? '').replace(/,-?\d+,(low|mid|high)/, ',many,$1')).join('\n'));
    expect((await sluice('run', 'ingest', '-c', join(dir, 'tiny.yaml'))).stderr).toContain(
      'tiny.csv:10: column points: "many" is not a number',
    );
    await writeFile(join(dir, 'tiny.csv'), csv.with(9, (csv[9] ?? '').replace(/(late|paid)$/, 'lost')).join('\n'));
    expect((await sluice('run', 'ingest', '-c', join(dir, 'tiny.yaml'))).stderr).toContain(
      'column end: no 993 has "lost", which is neither late nor paid (1 such rows)',
    );
    await writeFile(join(dir, 'tiny.yaml'), tinyConfig(dir).replace('levels: [ca, cb], ', ''));
    expect((await sluice('run', 'ingest', '-c', join(dir, 'tiny.yaml'))).stderr).toContain(
      'dataset.columns.town is of kind category and has no levels',
    );
  });

  for (const [name, folder, rows, leastAuc] of REAL) {
    const source = join(shared, 'data', folder);
    const there = existsSync(source);
    (there ? test : test.skip)(`${name} by its config alone${there ? '' : ` (skipped: shared is absent, no ${source})`}`, async () => {
      const settings = ['train.rounds=40', 'train.eta=0.2', 'evaluate.bootstrap=50', 'evaluate.shapRows=50'];
      const few = settings.flatMap((setting) => ['-S', `params.${setting}`]);
      const run = await sluice('run', 'evaluate', '-c', `configs/${name}.yaml`, '-S', `source.dir=${source}`, ...few);
      expect(run).toMatchObject({ code: 0 });
      const found = await evaluation();
      expect(found.rows).toBe(rows / 5);
      expect(found.headline.auc.value).toBeGreaterThan(leastAuc);
    });
  }
});
