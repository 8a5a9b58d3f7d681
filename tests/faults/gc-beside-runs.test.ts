import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

/** Rounds of runs and collections at once; more find rarer interleavings. */
const ROUNDS = Number(process.env['SLUICE_GC_ROUNDS'] ?? 4);

beforeAll(buildCli);

const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': 'version: 1\n',
};

describe('collections beside runs', () => {
  test('cost no run its inputs or its outputs, however old they are', async () => {
    await using project = await TempProject.create(files);
    for (let round = 0; round < ROUNDS; round += 1) {
      await makeOld(project.project.artifactsDir);
      const counts = [2 + (round % 3), 5 + (round % 2)];
      const gc = ['gc', '--keep-runs', '1'];
      const [first, second, ...collections] = await Promise.all([
        runCli(project.dir, ['run', '-S', `params.numbers.count=${counts[0]}`]),
        runCli(project.dir, ['run', '-S', `params.numbers.count=${counts[1]}`, '--force=double']),
        runCli(project.dir, gc),
        runCli(project.dir, gc),
      ]);
      expect([first, second, ...collections].map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual([0, 0, 0, 0]);
      expect((await runCli(project.dir, ['verify'])).code).toBe(0);
    }
    await makeOld(project.project.artifactsDir);
    const dry = await runCli(project.dir, ['gc', '--keep-runs', '1', '--dry-run']);
    expect(dry.stderr).toMatch(/[1-9]\d* objects would go and free .* stay\n/);
    expect((await runCli(project.dir, ['gc', '--keep-runs', '1'])).code).toBe(0);
    expect(await runCli(project.dir, ['gc', '--keep-runs', '1', '--dry-run'])).toMatchObject({
      stderr: expect.stringMatching(/^0 objects would go/),
    });
    const total = (await runCli(project.dir, ['path', 'total.total'])).stdout.trim();
    expect([12, 20, 30, 42, 6]).toContain(JSON.parse(await readFile(total, 'utf8')));
    expect((await runCli(project.dir, ['verify', '--all'])).code).toBe(0);
  });
});

async function makeOld(artifactsDir: string): Promise<void> {
  const then = new Date(Date.now() - 7_200_000);
  const entries = await readdir(artifactsDir, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) await utimes(join(entry.parentPath, entry.name), then, then);
}
