import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';

let home = '';

beforeAll(async () => {
  await buildCli();
  home = await realpath(await mkdtemp(join(tmpdir(), 'sluice début-')));
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('a newcomer: init, run, edit, plan, run again, its own test', async () => {
  const made = await runCli(home, ['init', 'my pipeline']);
  expect(made).toMatchObject({ code: 0, stdout: '' });
  expect(made.stderr).toContain("→ cd 'my pipeline' && npx sluice run\n");
  const dir = join(home, 'my pipeline');
  expect(JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'))).toMatchObject({ name: 'my-pipeline', type: 'module', sluice: {} });
  expect(await readFile(join(dir, '.gitignore'), 'utf8')).toContain('artifacts/\n');
  const first = await runCli(dir, ['run']);
  expect(first).toMatchObject({ code: 0, stderr: expect.stringMatching(/: 3 executed/) });
  expect(await runCli(dir, ['status', '-q'])).toMatchObject({ code: 0 });

  const config = join(dir, 'configs/pipeline.yaml');
  await writeFile(config, (await readFile(config, 'utf8')).replace('heatingBelow: 16', 'heatingBelow: 15'));
  const plan = await runCli(dir, ['plan', '--exit-code']);
  expect(plan.code).toBe(4);
  expect(plan.stdout).toMatch(/^= readings +reuse .*\n▸ model +run .*params\.model\.heatingBelow: 16 → 15\n▸ check +(?:may )?run /);
  expect((await runCli(dir, ['run'])).stderr).toMatch(/: 1 reused, 2 executed|: 2 executed, 1 reused/);

  const body = join(dir, 'stages/model/run.ts');
  await writeFile(body, `// a comment\n${await readFile(body, 'utf8')}`);
  expect((await runCli(dir, ['plan', '--exit-code'])).code).toBe(0);

  const data = join(dir, 'data/readings.csv');
  await writeFile(data, (await readFile(data, 'utf8')).replace(/\n([^,]+),[^,]+,/, '\n$1,cold,'));
  const refused = await runCli(dir, ['run']);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/DATA_BAD_VALUE "[^"]+,cold,[^"]+" is not day,celsius,kwh\n.*readings\.csv:2/),
  });
  await writeFile(data, (await readFile(data, 'utf8')).replace(',cold,', ',-3,'));

  const { stdout } = await promisify(execFile)(process.execPath, ['--test', 'tests/pipeline.test.mjs'], {
    cwd: dir,
    env: { PATH: process.env['PATH'] },
  });
  expect(stdout).toMatch(/pass 2\n/);
});

test('a folder that holds something is refused and left as it is; what npm and git leave is no hindrance', async () => {
  const full = join(home, 'full');
  await mkdir(full);
  for (const name of ['a.txt', 'b.txt', 'c.txt', 'd.txt']) await writeFile(join(full, name), '');
  expect(await runCli(home, ['init', 'full'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is not empty: it holds a.txt, b.txt, c.txt and 1 more'),
  });
  expect(await readdir(full)).toHaveLength(4);

  const fresh = join(home, 'fresh');
  await mkdir(join(fresh, '.git'), { recursive: true });
  await writeFile(
    join(fresh, 'package.json'),
    '{"name":"mine","type":"commonjs","scripts":{"test":"echo \\"Error: no test specified\\" && exit 1","lint":"x"},"dependencies":{"sluice":"file:../s.tgz"}}',
  );
  expect((await runCli(fresh, ['init'])).code).toBe(0);
  expect(JSON.parse(await readFile(join(fresh, 'package.json'), 'utf8'))).toMatchObject({
    name: 'mine',
    type: 'module',
    scripts: { lint: 'x', test: 'node --test tests/*.test.mjs' },
    dependencies: { sluice: 'file:../s.tgz', zod: expect.any(String) },
  });
  expect(await runCli(fresh, ['init'])).toMatchObject({ code: 2, stderr: expect.stringContaining('is not empty') });
});
