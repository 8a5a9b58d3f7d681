import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { artifactPath } from '../answers/artifact-path.ts';
import { TempProject } from '../../testing/temp-project.ts';

const files = (body: string, more: Readonly<Record<string, string>> = {}) => ({
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage, folderSource } from 'SLUICE';
export const read = defineStage({ name: 'read', description: 'Reads', inputs: { raw: folderSource({ key: 'source.dir', locate: () => 'data', include: (name) => name.endsWith('.csv') }) }, params: z.strictObject({}), outputs: { text: artifact.json(z.string()) }, run: () => import('./read.ts') });
export const pipeline = definePipeline({ name: 'reads', stages: [read] });
`,
  'stages/read.ts': body,
  'data/rates.csv': 'a,b',
  'data/notes.txt': 'not an input',
  'secret/x.txt': 'hello',
  ...more,
});

const reading = (expression: string, head = ''): string => `
import fs, { createReadStream, readFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
${head}
export default async ({ inputs, outputs, tempDir, run }) => {
  await outputs.text.write(String(${expression}));
};
`;

async function failureOf(project: TempProject) {
  const { events } = await project.run();
  return events.flatMap((event) => (event.type === 'stage.finished' && event.error !== undefined ? [event.error] : []))[0];
}

test.each([
  ['put together', "readFileSync(`secret/${'x'}.txt`, 'utf8')", ''],
  ['behind another name', "slurp('secret/x.txt')", "const slurp = (path) => readFileSync(path, 'utf8');"],
  ['of a module that is loaded later', "(await import('node:fs')).readFileSync('secret/x.txt')", ''],
  ['of a stream', "await new Response(createReadStream([run.projectDir, 'secret/x.txt'].join('/'))).text()", ''],
  ['of a handle', "await (await open(run.projectDir + '/secret/x.txt')).readFile('utf8')", ''],
  ['of a file that the input does not include', "await readFile(inputs.raw.folder + '/notes.txt', 'utf8')", ''],
  ['of a folder', "fs.readdirSync(run.projectDir + '/secret')", ''],
])('a read %s is refused with its line, whatever came before it', async (_, expression, head) => {
  await using project = await TempProject.create(files(reading(expression, head)));
  const error = await failureOf(project);
  expect(error).toMatchObject({ code: 'CODE_UNTRACKED', stage: 'read', message: expect.stringContaining('which is no input') });
  expect(error?.at?.file).toMatch(/stages\/read\.ts$/);
  expect(error?.at?.line).toBe(expression.startsWith('slurp') ? 4 : 6);
});

test.each([
  ['an input', "await readFile(inputs.raw.files['rates.csv'], 'utf8')", 'a,b'],
  ['the names in its folder', 'fs.readdirSync(inputs.raw.folder).length', '2'],
  ['what it wrote itself', "(fs.writeFileSync(tempDir + '/t', 'mine'), readFileSync(tempDir + '/t', 'utf8'))", 'mine'],
  ['a package', "(await import('zod')).z.string().parse('ok')", 'ok'],
  ['what its author allows', "readFileSync('secret/' + 'x.txt', 'utf8') // sluice-allow-untracked: a test\n", 'hello'],
])('a body may read %s', async (_, expression, text) => {
  await using project = await TempProject.create(files(reading(expression)));
  expect((await project.run()).exitCode).toBe(0);
  expect(JSON.parse(await readFile(await artifactPath(project.project, 'read.text'), 'utf8'))).toBe(text);
});

test('a variable that is named and not declared is not set, and a warning says where', async () => {
  await using project = await TempProject.create(
    files(
      'const { SECOND } = process.env;\nexport default async ({ outputs }) => outputs.text.write(`${process.env.FIRST} ${SECOND} ${process.env.TZ}`);\n',
    ),
  );
  process.env['FIRST'] = 'set';
  const { events } = await project.run();
  delete process.env['FIRST'];
  expect(JSON.parse(await readFile(await artifactPath(project.project, 'read.text'), 'utf8'))).toBe('undefined undefined UTC');
  const said = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  expect(said).toEqual([
    expect.stringMatching(/process\.env\.SECOND \(.*stages\/read\.ts:1:20\) is not declared, so it is not set there/),
    expect.stringMatching(/process\.env\.FIRST \(.*stages\/read\.ts:2:61\) is not declared/),
  ]);
});
