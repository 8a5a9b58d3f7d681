import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, REPOSITORY, runCli } from '../../../pipeline/testing/real-cli.ts';
import { tableArtifact } from '../../../pipeline/testing/run-body.ts';
import { driftSchema, type DriftResult } from '../drift-schema.ts';

/** Columns of every kind; `u` is uniform, one draw a row from `seed`. */
const table = (
  rows: number,
  seed: number,
  columns = `u as plain, case when u < 0.3 then 'é—☃' else 'b' end as level, u / 10 as pd`,
): string =>
  `select i::integer as SK_ID_CURR, ${columns} from (select i, (hash(i + ${seed}) % 100000) / 100000.0::double as u from range(${rows}) t(i)) order by i`;

let reference = '';
beforeAll(async () => {
  await buildCli();
  reference = await tableArtifact(table(2000, 0));
});

interface Judged {
  readonly code: number | null;
  readonly stderr: string;
  readonly result: DriftResult;
}

async function judge(current: string, args: readonly string[] = [], against = reference): Promise<Judged> {
  const { code, stdout, stderr } = await runCli(REPOSITORY, ['drift', '--reference', against, '--current', current, '--json', ...args]);
  if (stdout === '') throw new Error(stderr);
  return { code, stderr, result: driftSchema.parse(JSON.parse(stdout)) };
}

const reasons = ({ result }: Judged): Record<string, string | null> =>
  Object.fromEntries(result.columns.map(({ name, skipReason }) => [name, skipReason]));

describe('sluice drift: verdicts and their exit codes', () => {
  test('0 for a batch of the same population, with the score’s PSI', async () => {
    const judged = await judge(await tableArtifact(table(1500, 777)), ['--score', 'pd']);
    expect(judged).toMatchObject({ code: 0, result: { verdict: { status: 'ok' }, columns: [{ name: 'plain' }, { name: 'level' }] } });
    expect(judged.result.score?.psi ?? 1).toBeLessThan(0.05);
    expect(judged.stderr).toMatch(/^Nothing to do: .*1\u202F500 rows.*\n[\s\S]*Exit code 0\.\n$/);
  });

  test('2 where the score has shifted, from CSV as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-batch-'));
    const rows = Array.from({ length: 800 }, (_, at) => `${at},${at / 800},${at % 10 < 3 ? 'é—☃' : 'b'},${0.5 + at / 2000}`);
    const file = join(folder, 'novembre é.csv');
    await writeFile(file, `SK_ID_CURR,plain,level,pd\n${rows.join('\n')}\n`);
    const judged = await judge(file, ['--score', 'pd']);
    expect(judged).toMatchObject({ code: 2, result: { verdict: { status: 'act' }, decision: { retrain: true, batch: 'novembre é.csv' } } });
    expect(judged.result.columns.find(({ name }) => name === 'level')?.evidently).toMatchObject({ drifted: false });
    expect(judged.stderr).toContain('Score PSI');
  });

  test('3 for an absent column, a changed type, a column without values; each is named', async () => {
    const judged = await judge(await tableArtifact(table(1500, 3, `'x' as plain, null::integer as level, 1 as added`)), [], reference);
    expect(judged).toMatchObject({ code: 3, result: { verdict: { status: 'broken' }, decision: { retrain: false } } });
    expect(reasons(judged)).toEqual({
      plain: 'type changed from DOUBLE to VARCHAR',
      level: 'no value in the current part',
      pd: 'absent from the current part',
      added: 'absent from the reference part',
    });
  });

  test('4 for one row and for none; a column that only happens to be empty in them breaks no contract', async () => {
    const one = await judge(await tableArtifact(table(1, 3, `u as plain, null as level, 0.1::double as pd`)), ['--score', 'pd']);
    expect(one).toMatchObject({ code: 4, result: { verdict: { status: 'insufficient' } } });
    const none = await judge(await tableArtifact(`select * from (${table(1, 3)}) where false`), ['--score', 'pd']);
    expect(none).toMatchObject({ code: 4, result: { current: { rows: 0 }, score: null } });
  });

  test('a file of no bytes lacks every column: 3; a header alone has no rows: 4', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-batch-'));
    await writeFile(join(folder, 'empty.csv'), '');
    expect(await judge(join(folder, 'empty.csv'))).toMatchObject({ code: 3, result: { current: { rows: 0 } } });
    await writeFile(join(folder, 'header.csv'), 'SK_ID_CURR,plain,level,pd\n');
    expect(await judge(join(folder, 'header.csv'))).toMatchObject({ code: 4, result: { current: { rows: 0 } } });
  });

  test('constant, infinite, NaN, all-null on both sides, Unicode names: judged or skipped, never fatal, the same bytes twice', async () => {
    const odd = `7 as constant, case when u < 0.5 then 'inf'::double else u end as infinite, case when u < 0.5 then 'nan'::double else u end as "né", null::double as never, (u * 58)::integer::varchar as "58 levels", 1 as "<b>"`;
    const against = await tableArtifact(table(2000, 0, odd.replace("'inf'", "'-inf'")));
    const [current, folder] = [await tableArtifact(table(1500, 9, odd)), await mkdtemp(join(tmpdir(), 'sluice-out-'))];
    const run = async (name: string): Promise<Judged> =>
      judge(current, ['--out', join(folder, name), '--junit', join(folder, `${name}.xml`)], against);
    const [first] = [await run('a'), await run('b')];
    expect(first.code).toBe(0);
    expect(reasons(first)).toEqual({
      constant: null,
      infinite: null,
      né: null,
      never: 'no value in either part',
      '58 levels': null,
      '<b>': null,
    });
    expect(first.result.columns.find(({ name }) => name === 'né')?.missing.current).toBeCloseTo(0.5, 1);
    for (const file of ['a/drift.json', 'a/drift.html', 'a.xml'])
      expect(await readFile(join(folder, file), 'utf8')).toBe(await readFile(join(folder, file.replace('a', 'b')), 'utf8'));
    expect(await readFile(join(folder, 'a/drift.html'), 'utf8')).not.toMatch(/<b>|<script/);
  });

  test('a column without a value in Parquet and in CSV, where it has no type, is empty in both and not changed', async () => {
    const against = await tableArtifact(table(600, 0, 'null::double as never'));
    const csv = join(await mkdtemp(join(tmpdir(), 'sluice-csv-')), 'batch.csv');
    await writeFile(csv, `SK_ID_CURR,score,never\n${Array.from({ length: 600 }, (_, at) => `${at},${(at % 100) / 100},`).join('\n')}\n`);
    const { result } = await judge(csv, [], against);
    expect(result.columns.find(({ name }) => name === 'never')?.skipReason).toBe('no value in either part');
  });

  test('a folder of Parquet files is one part', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-parts-'));
    await mkdir(join(folder, 'batch'));
    await copyFile(await tableArtifact(table(400, 5)), join(folder, 'batch/1.parquet'));
    await copyFile(await tableArtifact(table(400, 900_000)), join(folder, 'batch/2.parquet'));
    expect(await judge(join(folder, 'batch'))).toMatchObject({ code: 0, result: { current: { name: 'batch', rows: 800 } } });
  });
});

describe('sluice drift: over batches', () => {
  test('acts on the second batch that asks for it; JUnit and Markdown say the same; a waiver lets it through', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-history-'));
    const file = (name: string): string => join(folder, name);
    const confirm = 'confirm: { act: 2, of: 3 }\n';
    await writeFile(file('policy.yaml'), confirm);
    const moved = await tableArtifact(table(800, 4, `u + 5 as plain, '<b>' as level, 0.5 + u / 10 as pd`));
    const run = async (batch: string, policy = 'policy.yaml'): Promise<Judged> =>
      judge(moved, [
        '--score',
        'pd',
        '--policy',
        file(policy),
        '--history',
        file('h.ndjson'),
        '--batch',
        batch,
        '--junit',
        file('j.xml'),
        '--markdown',
        file(`${batch}.md`),
      ]);
    expect(await run('jan')).toMatchObject({ code: 0, result: { verdict: { status: 'watch' }, decision: { signal: 'act' } } });
    expect(await run('feb')).toMatchObject({ code: 2, result: { verdict: { status: 'act' } } });
    expect(await readFile(file('j.xml'), 'utf8')).toContain('<testcase classname="drift" name="score_psi"><failure message="Score PSI');
    expect(await readFile(file('feb.md'), 'utf8')).toMatch(/^## Drift: act\n[\s\S]*\| score\\_psi \| act \|/);
    expect((await readFile(file('h.ndjson'), 'utf8')).trimEnd().split('\n')).toHaveLength(2);
    const waiver = (rule: string): string =>
      `  - { rule: ${rule}, author: A. Clerk, reason: a campaign for students, expires: 2999-12-31 }\n`;
    await writeFile(file('waived.yaml'), `${confirm}waivers:\n${waiver('score_psi')}${waiver('dataset_drift')}`);
    expect(await run('mar', 'waived.yaml')).toMatchObject({ code: 0, result: { decision: { signal: 'watch' } } });
    await writeFile(file('wrong.yaml'), `${confirm}waivers:\n${waiver('scorepsi')}`);
    const wrong = await runCli(REPOSITORY, [
      'drift',
      '--reference',
      reference,
      '--current',
      moved,
      '--policy',
      file('wrong.yaml'),
      '--history',
      file('h.ndjson'),
    ]);
    expect(wrong.code).toBe(64);
    expect(wrong.stderr).toMatch(/wrong\.yaml:3:[\s\S]*Did you mean "score_psi"\?|Did you mean "score_psi"\?[\s\S]*wrong\.yaml:3/);
  });
});

describe('sluice drift: mistakes end with 64 or 1, never with a verdict’s code', () => {
  test.each([
    [['--current', 'x.parquet'], 64, 'needs --reference PATH'],
    [['--reference', 'package.json', '--current', 'x.parquet'], 64, 'neither Parquet nor CSV'],
    [['--reference', 'nowhere.parquet', '--current', 'x.parquet'], 64, 'nowhere.parquet does not exist'],
    [['--referense', 'x.parquet'], 64, 'Did you mean "--reference"?'],
  ])('%j', async (args, code, words) => {
    const ended = await runCli(REPOSITORY, ['drift', ...args]);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(words);
  });

  test('a policy that watches later than it acts, and an ignored column that is not there: 64', async () => {
    const policy = join(await mkdtemp(join(tmpdir(), 'sluice-policy-')), 'drift.yaml');
    await writeFile(policy, 'limits:\n  scorePsi: { watch: 0.3 }\n');
    const given = ['drift', '--reference', reference, '--current', reference];
    const late = await runCli(REPOSITORY, [...given, '--policy', policy]);
    expect(late).toMatchObject({ code: 64, stdout: '' });
    expect(late.stderr).toMatch(
      /limits\.scorePsi\.watch is 0\.3; it may not be beyond act, which is 0\.25 by default\.\n.*drift\.yaml:2:22/,
    );
    const misspelt = await runCli(REPOSITORY, [...given, '--ignore', 'levle']);
    expect(misspelt).toMatchObject({ code: 64, stdout: '' });
    expect(misspelt.stderr).toContain('has a column "levle". Did you mean "level"?');
  });

  test('--model latest before any run: 1, with the command that makes one', async () => {
    const given = ['drift', '--reference', reference, '--current', reference, '--model', 'latest'];
    const ended = await runCli(REPOSITORY, given, { SLUICE_ARTIFACTS: await mkdtemp(join(tmpdir(), 'sluice-store-')) });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/ARTIFACT_MISSING[\s\S]*sluice run train/);
  });

  test('a file that was cut: 1, by name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-batch-'));
    const file = join(folder, 'cut.parquet');
    await writeFile(file, (await readFile(reference)).subarray(0, 500));
    const ended = await runCli(REPOSITORY, ['drift', '--reference', reference, '--current', file]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`${file} cannot be read as Parquet`);
  });
});
