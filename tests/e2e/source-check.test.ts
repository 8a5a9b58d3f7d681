import { beforeAll, expect, test } from '@jest/globals';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

const files = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/limits.yaml"}}',
  'configs/limits.yaml': 'version: 1\n',
  'rules/limits.txt': 'ten\n',
  'stages/index.ts': `
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { artifact, definePipeline, defineStage, folderSource, SluiceError } from 'SLUICE';
const rules = folderSource({
  key: 'limits',
  locate: () => 'rules',
  include: (name) => name === 'limits.txt',
  check: ([file]) => {
    if (!/^\\d+$/m.test(readFileSync(file, 'utf8'))) throw new SluiceError('CONFIG_VALUE', 'the limit is no number', { at: { file, line: 1 } });
  },
});
const rows = defineStage({ name: 'rows', description: 'x', outputs: { n: artifact.json(z.number()) }, run: () => import('./rows.ts') });
const judge = defineStage({ name: 'judge', description: 'x', inputs: { n: rows.out.n, rules }, outputs: { ok: artifact.json(z.number()) }, run: () => import('./judge.ts') });
export const pipeline = definePipeline({ name: 'limits', stages: [rows, judge] });
`,
  'stages/rows.ts': 'export default async ({ outputs }) => { await outputs.n.write(1); };\n',
  'stages/judge.ts': 'export default async ({ outputs }) => { await outputs.ok.write(1); };\n',
};

beforeAll(buildCli);

test('a file that a later stage will read wrong is refused before the first stage runs, by run and by plan; who does not read it runs', async () => {
  await using project = await TempProject.create(files);
  for (const command of ['run', 'plan']) {
    const { code, stderr, stdout } = await runCli(project.dir, [command]);
    expect({ command, code }).toEqual({ command, code: 2 });
    expect(stderr).toContain('the limit is no number');
    expect(stderr + stdout).not.toContain('rows');
  }
  expect(await runCli(project.dir, ['run', 'rows'])).toMatchObject({ code: 0 });
  await project.write({ 'rules/limits.txt': '10\n' });
  expect(await runCli(project.dir, ['run'])).toMatchObject({ code: 0 });
});
