import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { TempProject } from '../../testing/temp-project.ts';
import { artifactPath } from '../answers/artifact-path.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Each body says from when to when it ran, by a clock that all processes share. */
const files = {
  'stages/index.ts': `
import { artifact, definePipeline, defineStage } from 'SLUICE';
const out = { span: artifact.file({ mediaType: 'text/plain', extension: '.txt' }) };
${NAMES.map((name) => `export const ${name} = defineStage({ name: '${name}', description: 'x', outputs: out, resources: { cpus: 1, memory: '1MiB' }, run: () => import('./body.ts') });`).join('\n')}
export const pipeline = definePipeline({ name: 'spans', stages: [${NAMES.join(', ')}] });
`,
  'stages/body.ts': `
import { writeFileSync } from 'node:fs';
export default ({ outputs }) => {
  const from = process.hrtime.bigint();
  while (process.hrtime.bigint() - from < 40_000_000n);
  writeFileSync(outputs.span.path, [from, process.hrtime.bigint()].join(' '));
};
`,
};

test('children are started ahead of their turn, and no more bodies run at once than -j allows', async () => {
  await using project = await TempProject.create(files);
  expect((await project.run({}, { jobs: 1 })).exitCode).toBe(0);
  const spans: (readonly bigint[])[] = [];
  for (const name of NAMES)
    spans.push((await readFile(await artifactPath(project.project, `${name}.span`), 'utf8')).split(' ').map((text) => BigInt(text)));
  const inOrder = spans.toSorted(([a = 0n], [b = 0n]) => (a < b ? -1 : 1));
  for (const [index, [from = 0n]] of inOrder.entries()) expect(from >= (inOrder[index - 1]?.[1] ?? 0n)).toBe(true);
});
