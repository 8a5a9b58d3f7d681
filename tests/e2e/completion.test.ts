import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, REPOSITORY, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

let project: TempProject;

beforeAll(async () => {
  await buildCli();
  project = await TempProject.create(numberStages);
  mkdirSync(join(project.dir, 'bin'));
  const command = join(project.dir, 'bin/sluice');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(REPOSITORY, 'bin/sluice.mjs')}' "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(() => project[Symbol.asyncDispose]());

/** What bash itself would offer for a line that ends at the cursor: the words, as it puts them in the place of what follows the last = or :. */
async function complete(line: string): Promise<readonly string[]> {
  const script =
    'eval "$(sluice completion bash)"; complete -p sluice >&2; COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}; _sluice sluice; printf "%s\\n" "${COMPREPLY[@]}"';
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', script, 'bash', line], {
    cwd: project.dir,
    env: { PATH: `${join(project.dir, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  expect(stderr).toBe('complete -o default -F _sluice sluice\n');
  return stdout.split('\n').filter((word) => word !== '');
}

test.each([
  ['sluice ru', ['run', 'runs']],
  ['sluice run --fr', ['--from', '--frozen']],
  ['sluice run ', ['check', 'double', 'numbers', 'summary', 'total']],
  ['sluice run total s', ['summary']],
  ['sluice run --from d', ['double']],
  ['sluice run --force=to', ['total']],
  ['sluice run --force to', ['total']],
  ['sluice run -S params.n', ['params.numbers.count=', 'params.numbers.label=']],
  ['sluice run -S params.double.factor=3 d', ['double']],
  ['sluice path double.', ['double.folder', 'double.list']],
  ['sluice graph --format m', ['mermaid']],
  ['sluice graph --format=m', ['mermaid']],
  ['sluice mlflow s', ['status']],
  ['sluice completion ', ['bash', 'fish', 'zsh']],
  ['sluice diff latest l', ['latest']],
  ['sluice pin n', ['numbers.list']],
  ['sluice run -c con', []],
  ['sluice nothing ', []],
])('bash completes "%s"', async (line, expected) => {
  expect(await complete(line)).toEqual(expected);
});

const NO_FISH = spawnSync('fish', ['--version']).status === 0 ? null : 'fish is not installed';

/** What fish itself offers. Files come only where there is nothing better: they stood among the stages. */
(NO_FISH === null ? test : test.skip)(
  `fish completes stages, options and values, and files where none of these follow${NO_FISH === null ? '' : ` (skipped: ${NO_FISH})`}`,
  async () => {
    const lines = [
      'sluice ru',
      'sluice run ',
      'sluice run --fr',
      'sluice run --force=to',
      'sluice graph --format ',
      'sluice path double.',
      'sluice plan --out sta',
    ];
    const script = `sluice completion fish | source; for line in ${lines.map((line) => `'${line}'`).join(' ')}; echo (complete -C $line); end`;
    const { stdout } = await promisify(execFile)('fish', ['--no-config', '-c', script], {
      cwd: project.dir,
      // without a language fish cannot read the folder's name
      env: { HOME: project.dir, LANG: 'C.UTF-8', PATH: `${join(project.dir, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    expect(stdout.trim().split('\n')).toEqual([
      'run runs',
      'check double numbers summary total',
      '--from --frozen',
      '--force=total',
      'dot html json mermaid term',
      'double.folder double.list',
      'stages/',
    ]);
  },
);

test('outside a project, and for a shell that is not known, nothing breaks', async () => {
  expect(await runCli('/', ['completion', 'candidates', '--', 'run', ''])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await runCli('/', ['completion', 'fihs'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "fish"?') });
  for (const shell of ['zsh', 'fish']) expect((await runCli('/', ['completion', shell])).stdout).toContain('completion candidates -- ');
});
