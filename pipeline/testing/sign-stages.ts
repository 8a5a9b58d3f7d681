import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A chain of two stages for tests of what happens while a stage is at work: `slow` signs a file at its start, waits until the
 * file `go` lies in the project, and writes a number of chance, so that who made it can be told; `after` copies it.
 */
export const signStages: Readonly<Record<string, string>> = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/sign.yaml"}}',
  'configs/sign.yaml': 'version: 1\n',
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
export const slow = defineStage({ name: 'slow', description: 'Waits', params: z.strictObject({ label: z.string().default('a') }), outputs: { number: artifact.json(z.number()) }, resources: { memory: '64MiB' }, run: () => import('./slow.ts') });
export const after = defineStage({ name: 'after', description: 'Copies', inputs: { number: slow.out.number }, outputs: { copy: artifact.json(z.number()) }, resources: { memory: '64MiB' }, run: () => import('./after.ts') });
export const pipeline = definePipeline({ name: 'sign', stages: [slow, after] });
`,
  'stages/slow.ts': `
import { access, appendFile } from 'node:fs/promises';
export default async ({ params, outputs, log, progress }) => {
  await appendFile('signed', params.label + '\\n');
  log.info('waits as ' + process.pid);
  progress(1, 2, 'half');
  while (!(await access('go').then(() => true, () => false))) await new Promise((next) => setTimeout(next, 20));
  await outputs.number.write(Math.random());
};
`,
  'stages/after.ts': `
import { appendFile } from 'node:fs/promises';
export default async ({ inputs, outputs }) => { await appendFile('signed', 'after\\n'); await outputs.copy.write(await inputs.number.read()); };
`,
};

/** Processes, zombies excepted, whose working directory is the given one: the children of a project's runs. */
export async function processesIn(dir: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const cwd = await readlink(join('/proc', pid, 'cwd')).catch(() => null);
    const stat = await readFile(join('/proc', pid, 'stat'), 'utf8').catch(() => '');
    if (cwd === dir && stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z') found.push(Number(pid));
  }
  return found;
}
