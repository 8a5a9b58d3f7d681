import { beforeAll, expect, test } from '@jest/globals';
import { numberStages } from '../testing/number-stages.ts';
import { buildCli, runCli } from '../testing/real-cli.ts';
import { TempProject } from '../testing/temp-project.ts';

const graph = numberStages['stages/index.ts'] ?? '';
const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': 'version: 1\n',
  'package-lock.json': '{}',
  'stages/index.ts': graph.replace(
    'definePipeline({',
    `definePipeline({ commands: [{ name: 'weigh', summary: 'Weigh a thing', verdictCodes: true,
      options: { thing: { type: 'string', describe: 'what', value: 'THING' } }, load: () => import('./weigh.ts') }],`,
  ),
  'stages/weigh.ts':
    "export const command = async ({ args, io }) => { if (args.text('thing') === 'air') throw new Error('too light'); io.out(`${args.text('thing')} weighs much\\n`); return 3; };\n",
};

beforeAll(buildCli);

test('a project’s command: in the help, run with its own exit code, failing with 1 and 64 only', async () => {
  await using project = await TempProject.create(files);
  const run = (...args: readonly string[]) => runCli(project.dir, args);
  expect((await run('--help')).stdout).toMatch(/Commands of this project:\n\n {2}weigh +Weigh a thing\n/);
  expect(await run('weigh', '--thing', 'lead')).toEqual({ code: 3, stdout: 'lead weighs much\n', stderr: '' });
  expect((await run('weigh', '--thing', 'air')).code).toBe(1);
  const mistyped = await run('weigh', '--think', 'air');
  expect(mistyped.code).toBe(64);
  expect(mistyped.stderr).toContain('Did you mean "--thing"?');
  expect(await run('weight')).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "weigh"?') });
  await project.write({ 'stages/index.ts': 'export const pipeline = (\n' });
  expect(await run('weigh', '--thing', 'lead')).toMatchObject({ code: 64, stderr: expect.stringContaining('GRAPH_LOAD') });
  expect((await run('statuss')).code).toBe(2);
});
