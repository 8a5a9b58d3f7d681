import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

const NO_MOUNT = canMount() ? null : 'a small disk can only be mounted by root';
const runs = NO_MOUNT === null ? test : test.skip;

/** `small` is made first; `fill` leaves so many pages of 4 KiB free, so that whatever is written next finds none. */
const files = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/fill.yaml"}}',
  'configs/fill.yaml': 'version: 1\n',
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
export const small = defineStage({ name: 'small', description: 'Is made', outputs: { number: artifact.json(z.number()) }, run: () => import('./small.ts') });
export const fill = defineStage({ name: 'fill', description: 'Fills', inputs: { number: small.out.number }, params: z.strictObject({ pages: z.int().default(0) }), outputs: { number: artifact.json(z.number()) }, run: () => import('./fill.ts') });
export const pipeline = definePipeline({ name: 'fill', stages: [small, fill] });
`,
  'stages/small.ts': 'export default async ({ outputs }) => { await outputs.number.write(41); };\n',
  'stages/fill.ts': `
import { access, statfs, writeFile } from 'node:fs/promises';
export default async ({ inputs, params, outputs }) => {
  await outputs.number.write((await inputs.number.read()) + params.pages + 1);
  if (!(await access('full').then(() => true, () => false))) return;
  const { bavail, bsize } = await statfs('artifacts');
  await writeFile('artifacts/filler', Buffer.alloc((bavail - params.pages) * bsize));
};
`,
};

beforeAll(buildCli);

describe('a disk that fills up', () => {
  runs(
    `while a stage writes or commits: said so, finished stages are kept, and the next run is right${NO_MOUNT === null ? '' : ` (skipped: ${NO_MOUNT})`}`,
    async () => {
      await using project = await TempProject.create(files);
      const artifacts = join(project.dir, 'artifacts');
      await mkdir(artifacts);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', artifacts]);
      try {
        await runCli(project.dir, ['run', 'small']);
        const codes: (number | null)[] = [];
        for (const pages of [0, 1, 2, 3, 40]) {
          await writeFile(join(project.dir, 'full'), '');
          const args = ['run', '--json', '-S', `params.fill.pages=${pages}`];
          const full = await runCli(project.dir, args);
          codes.push(full.code);
          if (full.code !== 0) expect(full.stdout).toContain('STORE_DISK_FULL');
          await rm(join(artifacts, 'filler'), { force: true });
          await rm(join(project.dir, 'full'));
          const next = await runCli(project.dir, args);
          expect([pages, next.code]).toEqual([pages, 0]);
          expect(next.stdout).toMatch(/"stage":"small","outcome":"reused"/);
          const path = (await runCli(project.dir, ['path', 'fill.number'])).stdout.trim();
          expect(await readFile(path, 'utf8')).toBe(`${42 + pages}\n`);
          for (const folder of ['flights', 'staging'])
            expect([pages, folder, await readdir(join(artifacts, folder))]).toEqual([pages, folder, []]);
        }
        expect([codes[0], codes.at(-1)]).toEqual([1, 0]);
      } finally {
        execFileSync('umount', ['-l', artifacts]);
      }
    },
  );

  runs(
    `or is read-only from the start is named: a run ended with a trace${NO_MOUNT === null ? '' : ` (skipped: ${NO_MOUNT})`}`,
    async () => {
      await using project = await TempProject.create(files);
      const artifacts = join(project.dir, 'artifacts');
      await mkdir(artifacts);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', artifacts]);
      try {
        expect((await runCli(project.dir, ['run'])).code).toBe(0);
        execFileSync('mount', ['-o', 'remount,ro', artifacts]);
        const changed = ['run', '-S', 'params.fill.pages=1'];
        for (const args of [['run'], changed]) expect((await runCli(project.dir, args)).stderr).toContain('STORE_READ_ONLY');
        execFileSync('mount', ['-o', 'remount,rw', artifacts]);
        execFileSync('sh', ['-c', 'cat /dev/zero > filler 2>/dev/null || true'], { cwd: artifacts });
        const { stderr } = await runCli(project.dir, changed);
        expect(stderr).toContain('STORE_DISK_FULL');
        expect(stderr).not.toMatch(/\n +at |INTERNAL/);
        await rm(join(artifacts, 'filler'));
        expect((await runCli(project.dir, changed)).code).toBe(0);
      } finally {
        execFileSync('umount', ['-l', artifacts]);
      }
    },
  );
});

function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
