import { expect, test } from '@jest/globals';
import { TempProject } from '../testing/temp-project.ts';

const stages = {
  'data/a.csv': 'one',
  'data/b.csv': 'two',
  'stages/index.ts': `
import { artifact, definePipeline, defineStage, folderSource } from 'SLUICE';
const data = folderSource({ key: 'data', locate: () => 'data', include: () => true });
const read = defineStage({ name: 'read', description: 'Reads', inputs: { data }, outputs: { text: artifact.file({ mediaType: 'text/plain', extension: '.txt' }) }, run: () => import('./read.ts') });
export const pipeline = definePipeline({ name: 'reading', stages: [read] });
`,
  // Somebody saves a file while the body reads it.
  'stages/read.ts': `
import { readFile, writeFile } from 'node:fs/promises';
export default async ({ inputs, outputs }) => {
  const text = await readFile(inputs.data.files['a.csv'], 'utf8');
  if (text === 'saves') await writeFile(inputs.data.files['a.csv'], 'saved');
  await writeFile(outputs.text.path, await readFile(inputs.data.files['a.csv'], 'utf8'));
};
`,
};

test('what was made of a file that changed meanwhile stands for neither: brought back, the file got the result of the other', async () => {
  await using project = await TempProject.create(stages);
  expect(await project.run({})).toMatchObject({ exitCode: 0, outcomes: { read: 'executed' } });
  await project.write({ 'data/a.csv': 'saves' });
  const { exitCode, events } = await project.run({});
  expect(exitCode).toBe(1);
  expect(events.find((event) => event.type === 'stage.finished')).toMatchObject({
    outcome: 'failed',
    error: { code: 'STAGE_FAILED', message: expect.stringMatching(/input "data" of stage "read" changed while the stage ran: a\.csv$/) },
  });
  await project.write({ 'data/a.csv': 'saves' });
  expect((await project.run({})).outcomes).toEqual({ read: 'failed' });
  await project.write({ 'data/a.csv': 'one' });
  expect((await project.run({})).outcomes).toEqual({ read: 'reused' });
});
