import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { REPOSITORY } from '../../pipeline/testing/real-cli.ts';

const run = promisify(execFile);
let project = '';

interface LockEntry {
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** The tarball unpacked as npm would, beside only those packages that it names, and theirs: from this checkout, so without a registry. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'sluice-pack-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: REPOSITORY });
  const tarball = join(project, (JSON.parse(stdout.slice(stdout.indexOf('['))) as { filename: string }[])[0]?.filename ?? '');
  await mkdir(join(project, 'node_modules/sluice'), { recursive: true });
  await run('tar', ['xzf', tarball, '--strip-components=1', '-C', join(project, 'node_modules/sluice')]);
  const lock = JSON.parse(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockEntry> };
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    if (path === '' || dev === true || path.indexOf('node_modules/') !== path.lastIndexOf('node_modules/')) continue;
    await mkdir(dirname(join(project, path)), { recursive: true });
    await symlink(join(REPOSITORY, path), join(project, path));
  }
  await writeFile(join(project, 'package.json'), '{"name":"app","private":true,"type":"module"}');
});

const sluice = (...args: readonly string[]) =>
  run(process.execPath, [join(project, 'node_modules/sluice/bin/sluice.mjs'), ...args], { cwd: project });

test('an installed tarball prints its help and its version', async () => {
  const { version } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };
  expect((await sluice('--help')).stdout).toContain('Usage: sluice COMMAND');
  expect((await sluice('run', '--help')).stdout).toContain('--frozen');
  expect((await sluice('--version')).stdout).toBe(`${version}\n`);
});

test('an installed tarball runs a pipeline of its user, whose types check', async () => {
  const files = {
    'configs/home-credit.yaml': '',
    'stages/one.ts': `import { artifact, defineStage } from 'sluice';\nimport { z } from 'zod';\nexport const one = defineStage({ name: 'one', description: 'One', params: z.strictObject({ n: z.int().default(3) }), outputs: { out: artifact.json(z.array(z.int())) }, run: () => import('./run.ts') });\n`,
    'stages/run.ts': `import type { StageBody } from 'sluice';\nimport type { one } from './one.ts';\nconst run: StageBody<typeof one> = async ({ params, outputs }) => { await outputs.out.write([params.n]); };\nexport default run;\n`,
    'stages/index.ts': `import { definePipeline } from 'sluice';\nimport { one } from './one.ts';\nexport const pipeline = definePipeline({ name: 'tiny', stages: [one] });\n`,
    'tsconfig.json':
      '{"compilerOptions":{"strict":true,"module":"nodenext","target":"es2023","lib":["es2023","esnext.disposable"],"allowImportingTsExtensions":true,"noEmit":true,"types":["node"],"skipLibCheck":false},"include":["stages"]}',
  };
  await mkdir(join(project, 'stages'), { recursive: true });
  await mkdir(join(project, 'configs'), { recursive: true });
  for (const [path, text] of Object.entries(files)) await writeFile(join(project, path), text);
  await symlink(join(REPOSITORY, 'node_modules/@types'), join(project, 'node_modules/@types'));
  await run(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', project]).catch((error: unknown) => {
    throw new Error(typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : 'tsc failed', {
      cause: error,
    });
  });
  expect((await sluice('run', '-S', 'params.one.n=8')).stderr).toContain('1 executed');
  expect(await readFile((await sluice('path', 'one.out')).stdout.trim(), 'utf8')).toBe('[\n 8\n]\n');
});

test('an installed tarball makes a new project that checks, runs and passes its own test', async () => {
  await mkdir(join(project, 'fresh'));
  const inFresh = (...args: readonly string[]) => run(process.execPath, [...args], { cwd: join(project, 'fresh') });
  await inFresh(join(project, 'node_modules/sluice/bin/sluice.mjs'), 'init');
  await inFresh(join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', '.').catch((error: unknown) => {
    throw new Error(JSON.stringify(error), { cause: error });
  });
  expect((await inFresh(join(project, 'node_modules/sluice/bin/sluice.mjs'), 'run')).stderr).toContain('3 executed');
  expect((await inFresh('--test', 'tests/pipeline.test.mjs')).stdout).toMatch(/pass 2\n/);
});
