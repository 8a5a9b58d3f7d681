import { copyFileSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { tableStages } from '../../pipeline/testing/table-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

const CONFIG = 'params:\n  numbers:\n    count: 4\n  double:\n    factor: 2\n';
const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': CONFIG,
};

beforeAll(buildCli);

interface Finished {
  readonly type: string;
  readonly stage: string;
  readonly outcome: string;
  readonly reason: string;
}

/** Runs everything; stage to outcome and reason. */
async function run(
  project: TempProject,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const { stdout, stderr } = await runCli(project.dir, ['run', '--json', ...args], env);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Finished);
  const ended = events
    .filter(({ type }) => type === 'stage.finished')
    .map(({ stage, outcome, reason }) => [stage, `${outcome}: ${reason}`] as const);
  if (ended.length === 0) throw new Error(`nothing ran:\n${stderr}`);
  return Object.fromEntries(ended);
}

const executed = (outcomes: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(outcomes).filter((stage) => outcomes[stage]?.startsWith('executed') === true);

async function why(project: TempProject, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runCli(project.dir, ['why', ...args]);
  return stdout + stderr;
}

describe('an edit', () => {
  test('of a helper two imports deep is named with file, line and symbol; those below are told what they wait for', async () => {
    await using project = await TempProject.create(files);
    await run(project);
    await project.write({
      'stages/lib/one.ts': '// one\nexport const other = 3;\nexport const one = 2;\n',
      'stages/lib/range.ts': numberStages['stages/lib/range.ts']?.replace('42', '43') ?? '', // an unused export: named by nobody
    });
    expect(await why(project, 'total')).toMatch(
      /^▸ total runs unless double comes out the same:\n {2}▸ double runs unless numbers comes out the same:\n {4}▸ numbers would run:\n {6}code {6}stages\/lib\/one\.ts:\d {2}other \(added\), one\n/,
    );
    const plan = await runCli(project.dir, ['plan']);
    expect(plan.stdout).toMatch(
      /^▸ numbers {2}run .*its code \(stages\/lib\/one\.ts: .*one.*\)\n▸ double {3}may run .*unless numbers comes out the same/,
    );
    expect(plan.stdout).toMatch(/1 stage to run, about .*; all 5 that may have to, about /);
    expect(executed(await run(project))).toEqual(['numbers', 'double', 'total', 'check', 'summary']);
    expect(await why(project, 'double', '--run', 'latest')).toMatch(
      /double was executed: input list \(numbers\.list\)\n[^]*because numbers ran anew:\n {4}code {6}stages\/lib\/one\.ts/,
    );
    expect(await why(project, 'numbers', '--since', 'latest~1')).toMatch(
      /numbers would be reused; since then:\n {2}code {6}stages\/lib\/one\.ts/,
    );
  });

  test('of a comment, a local and an unused export reruns nothing and is reported as cosmetic', async () => {
    await using project = await TempProject.create(files);
    await run(project);
    await project.write({
      'stages/lib/range.ts':
        "// why\nimport { one } from './one.ts';\nexport const range = (n) => Array.from({ length: n }, (_, at) => at + one);\nexport const unused = () => 43;\n",
    });
    expect((await runCli(project.dir, ['plan'])).stdout).toMatch(/^= numbers {2}reuse +cosmetic edits only: stages\/lib\/range\.ts\n/);
    expect(await why(project, 'numbers')).toMatch(/cosmetic {2}stages\/lib\/range\.ts:\d.*: edited, the code that runs is the same/);
    const outcomes = await run(project);
    expect(executed(outcomes)).toEqual([]);
    expect(outcomes['numbers']).toBe('reused: cosmetic edits only: stages/lib/range.ts');
  });

  test('of a file that came in with a cosmetic edit is seen by status', async () => {
    await using project = await TempProject.create({ ...files, 'package-lock.json': '{}' });
    await run(project);
    await project.write({ 'stages/lib/moved.ts': 'export const one = 1;\n', 'stages/lib/one.ts': "export { one } from './moved.ts';\n" });
    for (let ask = 0; ask < 2; ask += 1) expect((await runCli(project.dir, ['status', '-q'])).code).toBe(0);
    await project.write({ 'stages/lib/moved.ts': 'export const one = 2;\n' });
    expect((await runCli(project.dir, ['status', '-q'])).code).toBe(4);
  });

  test('of a key is named with its place; another order of keys and a key that nobody reads rerun nothing', async () => {
    await using project = await TempProject.create(files);
    await run(project);
    await project.write({ 'configs/numbers.yaml': 'params:\n  double: {factor: 2}\n  # hm\n  numbers: {label: z, count: 4}\n' });
    expect(executed(await run(project))).toEqual([]);
    await project.write({ 'configs/numbers.yaml': CONFIG.replace('2', '3') });
    expect(await why(project, 'double')).toContain('config    params.double.factor: 2 → 3  configs/numbers.yaml:5:13\n');
    expect(await why(project, 'double', '-S', 'params.double.factor=5')).toContain('2 → 5  -S on the command line\n');
    const json = JSON.parse(await why(project, 'double', '--json')) as { explanation: { changes: unknown } };
    expect(json.explanation.changes).toEqual([
      { kind: 'param', key: 'params.double.factor', before: 2, after: 3, place: 'configs/numbers.yaml:5:13' },
    ]);
  });
});

test('a package upgrade reaches only its users, and is named with both versions', async () => {
  const lock = (version: string) => ({
    'package-lock.json': JSON.stringify({
      packages: {
        'node_modules/fastest-levenshtein': { version, integrity: `sha512-${version}` },
        'node_modules/zod': { version: '4.0.0', integrity: 'sha512-zod' },
      },
    }),
  });
  await using project = await TempProject.create({
    ...files,
    ...lock('1.0.0'),
    'stages/total.ts':
      "import { distance } from 'fastest-levenshtein';\nexport default async ({ outputs }) => outputs.total.write(distance('a', 'abc'));\n",
  });
  await run(project);
  await project.write(lock('1.1.0'));
  expect(await why(project, 'total')).toContain('package   fastest-levenshtein 1.0.0 → 1.1.0\n');
  expect(executed(await run(project))).toEqual(['total']);
});

test('only declared variables exist in a stage; a change of one reruns its users, and the time zone is no variable', async () => {
  await using project = await TempProject.create({
    ...files,
    'stages/graph.ts': numberStages['stages/graph.ts']?.replace("description: 'Adds up'", "description: 'Adds up', env: ['RATE']") ?? '',
    'stages/total.ts':
      'export default async ({ outputs }) => outputs.total.write(Number(process.env.RATE ?? 0) + Number(process.env.OTHER ?? 0) + new Date(0).getHours());\n',
  });
  const total = async (): Promise<string> =>
    readFileSync((await runCli(project.dir, ['path', 'total.total'])).stdout.trim(), 'utf8').trim();
  await run(project, [], { RATE: '1', OTHER: '7', TZ: 'Asia/Tokyo' });
  expect(await total()).toBe('1');
  expect(executed(await run(project, [], { RATE: '1', OTHER: '8', TZ: 'UTC' }))).toEqual([]);
  expect(await run(project, [], { RATE: '2' })).toMatchObject({ total: 'executed: environment variable RATE changed' });
  expect(await total()).toBe('2');
});

describe('files from outside', () => {
  const sourced = {
    ...files,
    'data/a.csv': '1,2,3\n',
    'data/b.csv': '4\n',
    'stages/graph.ts':
      numberStages['stages/graph.ts']
        ?.replace('advisory, artifact', 'advisory, artifact, folderSource')
        .replace(
          "description: 'Counts up',",
          "description: 'Counts up', inputs: { raw: folderSource({ key: 'source.dir', locate: () => 'data', include: (name) => name.endsWith('.csv') }) },",
        ) ?? '',
    'stages/numbers.ts':
      "import { readFile } from 'node:fs/promises';\nexport default async ({ inputs, outputs }) => outputs.list.write((await readFile(inputs.raw.files['a.csv'], 'utf8')).trim().split(',').map(Number));\n",
  };

  test('a touched file reruns nothing; other bytes of the same size with the time put back do, and the file is named', async () => {
    await using project = await TempProject.create(sourced);
    await run(project);
    const file = join(project.dir, 'data/a.csv');
    utimesSync(file, new Date(), new Date());
    expect(executed(await run(project))).toEqual([]);
    const { atime, mtime } = statSync(file);
    writeFileSync(file, '1,2,4\n');
    utimesSync(file, atime, mtime);
    expect(await why(project, 'numbers')).toContain('input     raw: a.csv edited\n');
    expect(executed(await run(project))).toContain('numbers');
    const lineage = await runCli(project.dir, ['lineage', 'summary.text']);
    expect(lineage.stdout).toMatch(
      /raw: 2 files from outside, [0-9a-f]{12}\n[^]*Data from outside\n {2}numbers\.raw {2}[0-9a-f]{64}\n {4}a\.csv {2}sha256:[0-9a-f]{64}\n {4}b\.csv/,
    );
    expect((await runCli(project.dir, ['diff', '--md'])).stdout).toMatch(
      /\*\*Data\*\*\n\n\| data .*\n.*\n\| numbers\.raw \| [0-9a-f]{8} \| [0-9a-f]{8} \| a\.csv edited \|/,
    );
  });

  test.each([
    [
      'a literal path',
      "import { readFile } from 'node:fs/promises';\n\nexport default async ({ outputs }) => outputs.list.write(JSON.parse(await readFile('data/x.json', 'utf8')));\n",
      'readFile() of "data/x.json", which is no input',
      '3:75',
    ],
    [
      'a computed import',
      "export default async ({ params, outputs }) => {\n  const { list } = await import('./lib/' + params.label + '.ts');\n  await outputs.list.write(list);\n};\n",
      'import() of a name that is computed',
      '2:26',
    ],
  ])('%s in a body is refused with its place', async (_, body, what, place) => {
    await using project = await TempProject.create({ ...files, 'stages/numbers.ts': body });
    const { code, stderr } = await runCli(project.dir, ['plan']);
    expect(stderr).toContain(`✖ CODE_UNTRACKED ${what}: a change there would not be noticed\n  at stages/numbers.ts:${place}\n`);
    expect(code).toBe(2);
  });
});

test('of a table, why names the columns that changed, came and went', async () => {
  const config = (shift: number) => ({ 'configs/numbers.yaml': `params: {people: {shift: ${shift}, name: n}}\n` });
  await using project = await TempProject.create({ ...tableStages, 'package.json': files['package.json'], ...config(0) });
  await run(project);
  await project.write({
    ...config(1),
    'stages/people.ts':
      tableStages['stages/people.ts']?.replace('select i::integer as id, ', 'select true as new, i::integer as id, ') ?? '',
  });
  await run(project);
  const said = await why(project, 'names', '--run', 'latest');
  expect(said).toMatch(
    /names was executed: input people \(people\.table\)\n {2}input {5}people \(people\.table\): sha256 [0-9a-f]{12}… → [0-9a-f]{12}…\n {12}columns added: new\n {12}columns changed: age\n {2}because people ran anew:\n {4}config {4}params\.people\.shift: 0 → 1\n {4}code {6}stages\/people\.ts/,
  );
});

test('two runs are compared, a digest is traced, the graph is one page', async () => {
  await using project = await TempProject.create(files);
  await run(project);
  await project.write({ 'configs/numbers.yaml': CONFIG.replace('2', '30') });
  expect((await runCli(project.dir, ['run'])).code).toBe(3);
  const diff = JSON.parse((await runCli(project.dir, ['diff', 'latest~1', 'latest', '--json'])).stdout) as Record<string, unknown>;
  expect(diff).toMatchObject({
    params: [{ key: 'params.double.factor', a: 2, b: 30, readBy: ['double'] }],
    gates: [{ stage: 'check', a: 'passed', b: 'rejected' }],
    code: [],
  });
  expect((await runCli(project.dir, ['diff', 'latest~7'])).stderr).toContain('RUN_NOT_FOUND');
  const lineage = JSON.parse((await runCli(project.dir, ['lineage', 'total.total', '--json'])).stdout) as {
    subjects: { digest: string }[];
    works: { stage: string }[];
  };
  expect(lineage.works.map(({ stage }) => stage)).toEqual(['total', 'double', 'numbers']);
  const again = await runCli(project.dir, ['lineage', lineage.subjects[0]?.digest.slice(0, 10) ?? '']);
  expect(again.stdout).toMatch(/^total\.total {2}sha256:/);
  const path = (await runCli(project.dir, ['path', 'total.total'])).stdout.trim();
  copyFileSync(path, join(project.dir, 'a copy.json'));
  for (const file of [path, 'a copy.json'])
    expect((await runCli(project.dir, ['lineage', file])).stdout).toMatch(/^total\.total {2}sha256:/);
  expect((await runCli(project.dir, ['lineage', 'model@champion'])).stderr).toMatch(/MLFLOW_UNREACHABLE .*does not answer/);
  const page = (await runCli(project.dir, ['graph', '--format', 'html'])).stdout;
  expect(page.match(/<a href="#stage-/g)?.length).toBeGreaterThan(5);
  expect(page).not.toMatch(/<script|https?:\/\//);
});
