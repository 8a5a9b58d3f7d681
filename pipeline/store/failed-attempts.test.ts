import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { numberStages } from '../testing/number-stages.ts';
import { TempProject } from '../testing/temp-project.ts';
import { parseAttempt } from './failed-attempts.ts';

const config = { params: { numbers: { count: 3 }, double: { factor: 2 }, check: { limit: 100 } } };
const boom = (n: number) => ({
  'stages/total.ts': `export default async ({ outputs }) => { await outputs.total.write(${n}); throw new Error('boom ${n}'); };\n`,
});

describe('a failed attempt', () => {
  test('is kept aside with what it wrote and why it failed, is named, and is never reused', async () => {
    await using project = await TempProject.create({ ...numberStages, ...boom(1) });
    const run = await project.run(config);
    const failure = run.events.find((event) => event.type === 'stage.finished' && event.stage === 'total');
    const failed = join(project.dir, 'artifacts/failed');
    const [name = ''] = await readdir(failed);
    expect(parseAttempt(name)).toEqual({
      stage: 'total',
      run: run.events.flatMap((event) => (event.type === 'run.started' ? [event.run] : []))[0],
    });
    expect(failure).toMatchObject({
      error: { code: 'STAGE_FAILED', message: 'boom 1', hint: `What it had written is kept in ${join(failed, name)}.` },
    });
    expect(await readFile(join(failed, name, 'out/total.json'), 'utf8')).toBe('1\n');
    expect(JSON.parse(await readFile(join(failed, name, 'error.json'), 'utf8'))).toMatchObject({
      stage: 'total',
      error: { message: 'boom 1', stack: expect.stringContaining('total.ts') },
    });
    await project.write(numberStages);
    expect((await project.run(config)).outcomes).toMatchObject({ total: 'executed' });
    expect(await readdir(failed)).toEqual([name]);
  });

  test('that had written nothing leaves nothing and says nothing of it', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'stages/total.ts': "export default async () => { throw new Error('boom'); };\n",
    });
    const run = await project.run(config);
    const failure = run.events.find((event) => event.type === 'stage.finished' && event.stage === 'total');
    expect(failure).toMatchObject({ outcome: 'failed', error: { message: 'boom' } });
    expect(JSON.stringify(failure)).not.toContain('is kept in');
    expect(existsSync(join(project.dir, 'artifacts/failed'))).toBe(false);
  });

  test('makes room for later ones: the newest three of a stage stay', async () => {
    await using project = await TempProject.create(numberStages);
    for (const n of [1, 2, 3, 4]) {
      await project.write(boom(n));
      await project.run(config);
    }
    const failed = join(project.dir, 'artifacts/failed');
    const messages = await Promise.all(
      (await readdir(failed))
        .toSorted()
        .map(async (name) => JSON.parse(await readFile(join(failed, name, 'error.json'), 'utf8')).error.message),
    );
    expect(messages).toEqual(['boom 2', 'boom 3', 'boom 4']);
  });
});
