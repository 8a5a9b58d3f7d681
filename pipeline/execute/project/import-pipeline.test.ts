import { expect, test } from '@jest/globals';
import { TempProject } from '../../testing/temp-project.ts';
import { loadPipeline } from './load-pipeline.ts';

const HEAD = "import { z } from 'zod';\nimport { artifact, definePipeline, defineStage } from 'SLUICE';\n";
const stage = (name: string, inputs: string, more = ''): string =>
  `const ${name} = defineStage({ name: '${name}', description: '', inputs: ${inputs}, outputs: { v: artifact.json(z.unknown()) }, ${more}run: () => import('./${name}.ts') });\n`;
const pipeline = (stages: string): string => `export const pipeline = definePipeline({ name: 'x', stages: [${stages}] });\n`;

// Each of these ended as INTERNAL, exit code 1, with a stack of the engine.
test.each([
  [
    'stages that take from each other',
    stage('a', '{ b: b.out.v }') + stage('b', '{ a: a.out.v }') + pipeline('a, b'),
    { message: expect.stringMatching(/undefined|before initialization/), hint: expect.stringContaining('form a cycle'), at: { line: 3 } },
  ],
  [
    'a module that throws',
    "throw new Error('at load');\n",
    { message: expect.stringContaining('at load'), at: { line: 3 }, hint: undefined },
  ],
  [
    'a package that is not installed',
    "import 'not-there';\nimport x from 'not-there';\nexport const pipeline = x;\n",
    { hint: 'Run: npm install' },
  ],
  [
    'a port that is not there',
    stage('a', '{}') + stage('b', '{ a: a.out.w }') + pipeline('a, b'),
    { message: expect.stringContaining('no such port') },
  ],
  [
    'an amount that is none',
    stage('a', '{}', "resources: { memory: 'lots' }, ") + pipeline('a'),
    { message: expect.stringContaining('"lots"') },
  ],
  [
    'a time that is none',
    stage('a', '{}', "resources: { timeout: 'soon' }, ") + pipeline('a'),
    { message: expect.stringContaining('"soon"') },
  ],
  [
    'a name that no file system takes',
    stage('a', '{}').replace("name: 'a'", `name: '${'a'.repeat(240)}'`) + pipeline('a'),
    { message: expect.stringContaining('240 letters') },
  ],
])('%s: what is wrong with the graph, not with the engine', async (_, text, expected) => {
  await using project = await TempProject.create({ 'stages/index.ts': HEAD + text, 'stages/a.ts': '', 'stages/b.ts': '' });
  await expect(loadPipeline(project.project)).rejects.toMatchObject({ code: 'GRAPH_LOAD', ...expected });
});
