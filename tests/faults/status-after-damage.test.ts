import { appendFile, chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ManifestStore } from '../../pipeline/store/manifest-store.ts';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

const config = (factor: number) => ({ 'configs/numbers.yaml': `params: { double: { factor: ${factor} } }\n` });
const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  ...config(2),
};

/** Asks twice: the second answer may be the kept one. */
async function statusTwice(project: TempProject): Promise<readonly (number | null)[]> {
  await sleep(60); // what was just written proves nothing yet, and is not kept
  const first = await runCli(project.dir, ['status', '-q']);
  return [first.code, (await runCli(project.dir, ['status', '-q'])).code];
}

describe('the kept status', () => {
  test('rests on the work that stands for a stage, not on its last: a record was lost after the mark, and all was called fresh', async () => {
    await using project = await TempProject.create(files);
    expect((await runCli(project.dir, ['run'])).code).toBe(0);
    const stage = join(project.project.artifactsDir, 'stages', 'summary');
    const record = (await new ManifestStore(project.project.artifactsDir).latest('summary'))?.fingerprint ?? '';
    await writeFile(join(stage, 'latest'), '\u0000\u0000');
    expect(await statusTwice(project)).toEqual([0, 0]);
    await rm(join(stage, `${record}.json`));
    expect(await statusTwice(project)).toEqual([4, 4]);
  });

  test('sees damage in what an earlier config made, once that config is back', async () => {
    await using project = await TempProject.create(files);
    expect((await runCli(project.dir, ['run'])).code).toBe(0);
    const path = (await runCli(project.dir, ['path', 'total.total'])).stdout.trim();
    await project.write(config(3));
    expect((await runCli(project.dir, ['run'])).code).toBe(0);
    await project.write(config(2));
    expect(await statusTwice(project)).toEqual([0, 0]);
    await chmod(path, 0o644);
    await appendFile(path, ' ');
    expect(await statusTwice(project)).toEqual([4, 4]);
  });
});
