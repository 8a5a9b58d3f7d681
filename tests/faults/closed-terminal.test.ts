import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { processesIn, signStages } from '../../pipeline/testing/sign-stages.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

test.each([
  ['SIGHUP', 129],
  ['SIGTERM', 143],
] as const)('%s ends the stages in order, with one code in the event, the record and the process: %d', async (signal, code) => {
  await using project = await TempProject.create(signStages);
  const run = startCli(project.dir, ['run', '--json']);
  await run.seen('waits as ');
  run.child.kill(signal);
  const ended = await run.ended;
  expect(ended.code).toBe(code);
  expect(ended.stdout).toMatch(
    new RegExp(`"type":"run.finished",.*"exitCode":${code},.*"outcomes":{"slow":"cancelled","after":"cancelled"}`),
  );
  expect((await runCli(project.dir, ['runs', '--json'])).stdout).toContain(`"exitCode":${code},`);
  expect(await processesIn(project.dir)).toEqual([]);
  expect(await readFile(join(project.dir, 'signed'), 'utf8')).toBe('a\n');
});
