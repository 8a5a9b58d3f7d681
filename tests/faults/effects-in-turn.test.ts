import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

/** An effect that marks its start and its end in the world; in between it waits to be let on. Nobody listens at the tracking server's address. */
const files = {
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/effect.yaml"}}',
  'configs/effect.yaml': 'version: 1\ntracking:\n  uri: http://127.0.0.1:9\n',
  'stages/index.ts': `
import { z } from 'zod';
import { artifact, definePipeline, defineStage } from 'SLUICE';
export const tell = defineStage({ name: 'tell', kind: 'effect', description: 'Tells the world', params: z.strictObject({ label: z.string().default('a') }), outputs: { told: artifact.json(z.string()) }, run: () => import('./tell.ts') });
export const pipeline = definePipeline({ name: 'effect', stages: [tell] });
`,
  'stages/tell.ts': `
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
export default async ({ params, outputs, log }) => {
  await appendFile('world', params.label + ' from\\n');
  log.info('tells');
  while (!existsSync('let-on')) await new Promise((next) => setTimeout(next, 20));
  await appendFile('world', params.label + ' until\\n');
  await outputs.told.write(params.label);
};
`,
};

const world = async (project: TempProject): Promise<string[]> => (await readFile(join(project.dir, 'world'), 'utf8')).trim().split('\n');

describe('an effect that two runs ask for at once', () => {
  test('with different work: one after the other', async () => {
    await using project = await TempProject.create(files);
    const first = startCli(project.dir, ['run', '--json']);
    await first.seen('tells');
    const second = startCli(project.dir, ['run', '--json', '-S', 'params.tell.label=b']);
    await second.seen('"type":"lock.waiting"');
    await project.write({ 'let-on': '' });
    const { code, stdout } = await second.ended;
    expect([(await first.ended).code, code]).toEqual([0, 0]);
    expect(stdout).toContain('"stage":"tell","outcome":"executed"');
    expect(await world(project)).toEqual(['a from', 'a until', 'b from', 'b until']);
  });

  test('with the same work: once', async () => {
    await using project = await TempProject.create(files);
    const first = startCli(project.dir, ['run', '--json']);
    await first.seen('tells');
    const second = startCli(project.dir, ['run', '--json']);
    // It tells what the first one logs.
    await second.seen('tells');
    await project.write({ 'let-on': '' });
    const { code, stdout } = await second.ended;
    expect([(await first.ended).code, code]).toEqual([0, 0]);
    expect(stdout).toContain('"stage":"tell","outcome":"joined"');
    expect(await world(project)).toEqual(['a from', 'a until']);
  });
});
