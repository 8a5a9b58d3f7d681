import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { buildCli, REPOSITORY, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

/** `trees` says which library it would load; nothing loads it, so that any file will do. */
const files = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/trees.yaml"}}',
  'configs/trees.yaml': 'version: 1\n',
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
const rows = defineStage({ name: 'rows', description: 'x', outputs: { n: artifact.json(z.number()) }, run: () => import('./rows.ts') });
const trees = defineStage({ name: 'trees', description: 'x', inputs: { n: rows.out.n }, native: ['xgboost'], outputs: { from: artifact.json(z.string()) }, run: () => import('./trees.ts') });
const sums = defineStage({ name: 'sums', description: 'x', inputs: { n: rows.out.n }, native: ['duckdb'], outputs: { n: artifact.json(z.number()) }, run: () => import('./rows.ts') });
const maybe = defineStage({ name: 'maybe', description: 'x', inputs: { n: rows.out.n }, params: z.strictObject({ trees: z.boolean().default(false) }), native: [{ library: 'xgboost', when: ({ params }) => params.maybe.trees }], outputs: { n: artifact.json(z.number()) }, run: () => import('./maybe.ts') });
export const pipeline = definePipeline({ name: 'trees', stages: [rows, trees, sums, maybe] });
`,
  'stages/rows.ts': 'export default async ({ outputs }) => { await outputs.n.write(1); };\n',
  'stages/maybe.ts': 'export default async ({ outputs, params }) => { await outputs.n.write(params.trees ? 1 : 0); };\n',
  'stages/trees.ts': `
import { locateXgboost } from '${REPOSITORY}/pipeline/native/xgboost/locate-library.ts';
export default async ({ outputs, run }) => { await outputs.from.write(locateXgboost(run.projectDir)); };
`,
  'libs/old/lib/libxgboost.so': 'old',
  'libs/old/VERSION': '3.1.0\n',
  'libs/new/lib/libxgboost.so': 'new',
  'libs/new/VERSION': '3.2.0\n',
};

beforeAll(buildCli);

test('another library in the place of xgboost reruns its users alone: status and a run with nothing to do went on with the old one', async () => {
  await using project = await TempProject.create(files);
  const lib = (name: string): string => `libs/${name}/lib/libxgboost.so`;
  const run = async (env: Readonly<Record<string, string>>, { cwd = project.dir, set = 'false' } = {}) => {
    const { stdout, code } = await runCli(cwd, ['run', '--json', '-S', `params.maybe.trees=${set}`], env);
    return [code, [...stdout.matchAll(/"stage":"(\w+)","outcome":"executed"/g)].map(([, stage]) => stage)];
  };
  const [old, young] = [{ SLUICE_XGBOOST: lib('old') }, { SLUICE_XGBOOST: join(project.dir, lib('new')) }];
  const [code, first] = await run(old);
  expect([code, new Set(first as string[])]).toEqual([0, new Set(['rows', 'trees', 'sums', 'maybe'])]);
  expect(await run(old)).toEqual([0, []]);
  // A path counts from the project's folder, wherever the command is given.
  expect(await run(old, { cwd: join(project.dir, 'libs') })).toEqual([0, []]);
  expect((await runCli(project.dir, ['status'], young)).stdout).toContain('trees  native library xgboost');
  expect((await runCli(project.dir, ['why', 'trees'], young)).stdout).toMatch(/native +xgboost: 3\.1\.0 \(sha256:.*\) → 3\.2\.0 \(sha256:/);
  expect(await run(young)).toEqual([0, ['trees']]);
  expect(await run(young)).toEqual([0, []]);
  // Under a config that makes a stage use the library, it is one of its users.
  expect(await run(young, { set: 'true' })).toEqual([0, ['maybe']]);
  expect(await run(young, { set: 'true' })).toEqual([0, []]);
  // The same path, other bytes.
  await writeFile(join(project.dir, lib('new')), 'newer');
  const users = await run(young, { set: 'true' });
  expect([users[0], new Set(users[1] as string[])]).toEqual([0, new Set(['trees', 'maybe'])]);
  expect(await run(young)).toEqual([0, []]);
  expect(await run(young)).toEqual([0, []]);
  // What the search finds: the child did not see LD_LIBRARY_PATH, and loaded another file than was fingerprinted.
  const searched = { LD_LIBRARY_PATH: join(project.dir, 'libs/old/lib') };
  await writeFile(join(project.dir, lib('old')), 'oldest');
  expect(await run(searched)).toEqual([0, ['trees']]);
  expect(await run(searched)).toEqual([0, []]);
  // One that appears where it is looked for first.
  await writeFile(join(project.dir, lib('new')), 'newest');
  await mkdir(join(project.dir, '.venv/lib/python3.12/site-packages'), { recursive: true });
  await rename(join(project.dir, 'libs/new'), join(project.dir, '.venv/lib/python3.12/site-packages/xgboost'));
  expect(await run(searched)).toEqual([0, ['trees']]);
});
