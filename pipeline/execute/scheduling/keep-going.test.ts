import { expect, test } from '@jest/globals';
import { TempProject } from '../../testing/temp-project.ts';

const files = {
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
const outputs = { n: artifact.json(z.number()) };
export const a = defineStage({ name: 'a', description: 'Fails', outputs, run: () => import('./fails.ts') });
export const b = defineStage({ name: 'b', description: 'Stands alone', outputs, run: () => import('./writes.ts') });
export const c = defineStage({ name: 'c', description: 'Needs a', inputs: { n: a.out.n }, outputs, run: () => import('./writes.ts') });
export const pipeline = definePipeline({ name: 'branches', stages: [a, b, c] });
`,
  'stages/fails.ts': "export default async () => { throw new Error('no'); };\n",
  'stages/writes.ts': 'export default async ({ outputs }) => { await outputs.n.write(1); };\n',
};

test('without --keep-going a failure stops what has not started; with it, only what depends on it', async () => {
  await using project = await TempProject.create(files);
  expect(await project.run({}, { jobs: 1 })).toMatchObject({ exitCode: 1, outcomes: { a: 'failed', b: 'skipped', c: 'blocked' } });
  expect(await project.run({}, { jobs: 1, keepGoing: true })).toMatchObject({
    exitCode: 1,
    outcomes: { a: 'failed', b: 'executed', c: 'blocked' },
  });
});
