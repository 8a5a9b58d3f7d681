import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { TempProject } from '../testing/temp-project.ts';

const JSON_BASE = (define: boolean): string => JSON.stringify({ compilerOptions: { useDefineForClassFields: define } });
const classStage = (name: string): string => `
class Base { value = '${name}'; }
class Derived extends Base { declare other: string; value; }
export default async ({ outputs }) => { await outputs.n.write(String(new Derived().value)); };
`;

const files = {
  'base.json': JSON_BASE(true),
  'tsconfig.json': '{"extends": "./base.json"}',
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
export const pipeline = definePipeline({ name: 'settings', stages: [
  defineStage({ name: 'above', description: 'x', outputs: { n: artifact.json(z.string()) }, run: () => import('./above.ts') }),
  defineStage({ name: 'nested', description: 'x', outputs: { n: artifact.json(z.string()) }, run: () => import('./nested/run.ts') }),
  defineStage({ name: 'plain', description: 'x', outputs: { n: artifact.json(z.string()) }, run: () => import('./plain.ts') }),
] });
`,
  'stages/above.ts': classStage('above'),
  'stages/nested/run.ts': classStage('nested'),
  'stages/nested/tsconfig.json': JSON_BASE(true),
  'stages/plain.ts': "export default async ({ outputs }) => { await outputs.n.write('plain'); };\n",
};

test('what tsconfig.json extends reaches the stages whose code it changes; one of a folder of its own, only that folder', async () => {
  await using project = await TempProject.create(files);
  const executed = async (): Promise<readonly string[]> => {
    const { exitCode, outcomes } = await project.run();
    expect(exitCode).toBe(0);
    return Object.keys(outcomes).filter((stage) => outcomes[stage] === 'executed');
  };
  expect(await executed()).toEqual(['above', 'nested', 'plain']);
  expect(await executed()).toEqual([]);
  await writeFile(join(project.dir, 'base.json'), JSON_BASE(false));
  expect(await executed()).toEqual(['above']);
  await writeFile(join(project.dir, 'stages/nested/tsconfig.json'), JSON_BASE(false));
  expect(await executed()).toEqual(['nested']);
  await writeFile(join(project.dir, 'base.json'), JSON_BASE(true));
  await writeFile(join(project.dir, 'stages/nested/tsconfig.json'), JSON_BASE(true));
  expect(await executed()).toEqual([]);
});

test('a package.json that is no JSON is named, not taken for an empty one', async () => {
  await using project = await TempProject.create(files);
  await writeFile(join(project.dir, 'package.json'), '{"type": "module",');
  expect(() => project.project).toThrow(/package\.json is not JSON: /);
});
