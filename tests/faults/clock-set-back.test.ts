import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { artifactPath } from '../../pipeline/execute/answers/artifact-path.ts';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { signStages } from '../../pipeline/testing/sign-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

const DAY_MS = 86_400_000;
const setBack = {
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'set-clock.mjs')).href}`,
  CLOCK_SHIFT_MS: String(-DAY_MS),
};
const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': 'version: 1\n',
};

/** As if all of it had been written before the clock was set back by a day. */
async function ageIntoTomorrow(dir: string): Promise<void> {
  const tomorrow = new Date(Date.now() + DAY_MS);
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), tomorrow, tomorrow);
  }
}

describe('a clock that is set back by a day', () => {
  test('changes nothing in what is reused and what is run', async () => {
    await using project = await TempProject.create(files);
    expect((await runCli(project.dir, ['run', 'total'])).code).toBe(0);
    for (const folder of ['artifacts', 'stages', '.sluice']) await ageIntoTomorrow(join(project.dir, folder));
    expect((await runCli(project.dir, ['run', 'total'], setBack)).stderr).toContain('3 reused');
    await project.write({ 'stages/lib/one.ts': 'export const one = 2;\n' }); // older, by its time, than what was made of it
    expect((await runCli(project.dir, ['run', 'total'], setBack)).stderr).toContain('3 executed');
    expect(await readFile(await artifactPath(project.project, 'total.total'), 'utf8')).toBe('18\n');
    await project.write({ 'stages/lib/one.ts': numberStages['stages/lib/one.ts'] ?? '' });
    expect((await runCli(project.dir, ['run', 'total'])).stderr).toContain('3 reused');
    expect(await readFile(await artifactPath(project.project, 'total.total'), 'utf8')).toBe('12\n');
  });

  test('leaves the run that was made last the latest, in what show says and gc keeps', async () => {
    await using project = await TempProject.create(files);
    expect((await runCli(project.dir, ['run'])).code).toBe(0);
    for (const count of [5, 6]) {
      await project.write({ 'configs/numbers.yaml': `version: 1\nparams:\n  numbers:\n    count: ${count}\n` });
      const { stdout } = await runCli(project.dir, ['run', '--json'], setBack); // the second also has a run of yesterday beside it
      const { run } = JSON.parse(stdout.slice(0, stdout.indexOf('\n'))) as { run: string };
      expect((await runCli(project.dir, ['show', 'latest'])).stdout).toContain(run);
      expect((await runCli(project.dir, ['gc', '--dry-run', '--keep-runs', '1'])).stdout).toMatch(new RegExp(`run +${run} .*the newest\n`));
    }
  });

  test('lets a run join another whose clock is right, and nobody is taken for lost', async () => {
    await using project = await TempProject.create(signStages);
    const first = startCli(project.dir, ['run', '--json']);
    await first.seen('waits as ');
    const second = startCli(project.dir, ['run', '--json'], setBack);
    await second.seen('waits as ');
    await new Promise((next) => setTimeout(next, 3000));
    await writeFile(join(project.dir, 'go'), '');
    const [one, two] = await Promise.all([first.ended, second.ended]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(two.stdout).toContain('"stage":"slow","outcome":"joined"');
    expect(one.stdout + two.stdout).not.toContain('LOCK_TAKEN_OVER');
  });
});
