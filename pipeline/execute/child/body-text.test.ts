import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { TempProject } from '../../testing/temp-project.ts';
import { artifactPath } from '../answers/artifact-path.ts';

const files = {
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
const text = { n: artifact.file({ mediaType: 'text/plain', extension: '.txt' }) };
export const plain = defineStage({ name: 'plain', description: 'x', outputs: text, run: () => import('./plain.ts') });
export const waits = defineStage({ name: 'waits', description: 'x', outputs: text, run: () => import('./waits.ts') });
export const large = defineStage({ name: 'large', description: 'x', outputs: text, run: () => import('./large.ts') });
export const pipeline = definePipeline({ name: 'bodies', stages: [plain, waits, large] });
`,
  'stages/plain.ts': "import { writeFileSync } from 'node:fs';\nexport default ({ outputs }) => writeFileSync(outputs.n.path, 'plain');\n",
  // No CommonJS module, for which it has to lie in a file.
  'stages/waits.ts':
    "import { writeFileSync } from 'node:fs';\nconst text = await Promise.resolve('waits');\nexport default ({ outputs }) => writeFileSync(outputs.n.path, text);\n",
  'stages/large.ts': `import { writeFileSync } from 'node:fs';\nconst text = '${'large '.repeat(8000)}';\nexport default ({ outputs }) => writeFileSync(outputs.n.path, text.slice(0, 5));\n`,
};
const NAMES = ['plain', 'waits', 'large'];

async function executed(project: TempProject): Promise<readonly string[]> {
  const { exitCode, outcomes } = await project.run({}, { force: 'all' });
  expect([exitCode, Object.values(outcomes)]).toEqual([0, NAMES.map(() => 'executed')]);
  return Promise.all(NAMES.map(async (name) => readFile(await artifactPath(project.project, `${name}.n`), 'utf8')));
}

async function flipIn(path: string, at: (bytes: Buffer) => number): Promise<void> {
  const bytes = await readFile(path);
  const place = at(bytes);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

test('code that was damaged where it is kept never runs: it is made anew, and is the same work', async () => {
  await using project = await TempProject.create(files);
  expect(await executed(project)).toEqual(NAMES);
  const code = join(project.dir, '.sluice/code');
  for (const name of (await readdir(code)).filter((file) => /\.(?:pack|[cm]js)$/.test(file))) await flipIn(join(code, name), () => 60);
  expect(await executed(project)).toEqual(NAMES);
  await flipIn(join(project.dir, '.sluice/bodies.json'), (bytes) => bytes.indexOf('"digest":"') + 12);
  expect(await executed(project)).toEqual(NAMES);
  await rm(code, { recursive: true });
  expect(await executed(project)).toEqual(NAMES);
  expect(new Set(Object.values((await project.run()).outcomes))).toEqual(new Set(['reused']));
});
