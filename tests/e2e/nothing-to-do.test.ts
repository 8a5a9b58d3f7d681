import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../pipeline/execute/record/run-record.ts';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': 'version: 1\n',
};

/** Until what was written has settled: a stamp as young as that proves nothing. */
const SETTLE_MS = 100;

async function outcomes(project: TempProject, args: readonly string[] = []): Promise<Readonly<Record<string, string>>> {
  await sleep(SETTLE_MS);
  const { stdout } = await runCli(project.dir, ['run', '--json', ...args]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').outcomes;
}

/** Whether the answer of an earlier command was enough: a full run writes the engine's caches of code anew when they are gone. */
async function wentByWhatIsKept(project: TempProject): Promise<boolean> {
  const record = join(project.dir, '.sluice/bundles');
  const [before] = (await readdir(record)).toSorted();
  const path = join(record, before ?? '');
  const text = await readFile(path, 'utf8');
  await writeFile(path, '{}');
  const { code } = await runCli(project.dir, ['run']);
  const untouched = (await readFile(path, 'utf8')) === '{}';
  await writeFile(path, text);
  return code === 0 && untouched;
}

describe('a run with nothing to do', () => {
  test('goes by what the last one found, says the same as a full run, and is recorded like one', async () => {
    await using project = await TempProject.create(files);
    expect(new Set(Object.values(await outcomes(project)))).toEqual(new Set(['executed']));
    expect(await wentByWhatIsKept(project)).toBe(true);
    const kept = await runCli(project.dir, ['run']);
    const full = await runCli(project.dir, ['run', '-j', '2']);
    const same = (text: string): string => text.replaceAll(/run [0-9A-Z]{26}/g, 'run ID').replaceAll(/in \d+ ms/g, 'in MS');
    expect(same(kept.stderr)).toBe(same(full.stderr));
    const { stdout } = await runCli(project.dir, ['runs', '--json']);
    const records = stdout
      .trim()
      .split('\n')
      .map((line): RunRecord => JSON.parse(line));
    // What differs from run to run.
    const plain = ({ pipeline, exitCode, config, git, stages }: RunRecord): unknown => ({
      pipeline,
      exitCode,
      config,
      git,
      stages: Object.entries(stages).map(([stage, { outcome, fingerprint }]) => [stage, outcome, fingerprint]),
    });
    expect(records.slice(0, 2).map(plain)).toEqual(records.slice(1, 3).map(plain));
    expect((await runCli(project.dir, ['show', 'latest'])).stdout).toMatch(/reused/);
  });

  test('is none after any change: a flipped bit whose time was put back, a config key, a lockfile, a flag', async () => {
    await using project = await TempProject.create(files);
    await outcomes(project);
    expect(await wentByWhatIsKept(project)).toBe(true);

    const blob = (await runCli(project.dir, ['path', 'numbers.list'])).stdout.trim();
    const { atime, mtime } = await stat(blob);
    const bytes = await readFile(blob);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(blob, bytes);
    await utimes(blob, atime, mtime);
    expect(await outcomes(project)).toMatchObject({ numbers: 'executed', double: 'reused' });
    expect(await wentByWhatIsKept(project)).toBe(true);

    await writeFile(join(project.dir, 'configs/numbers.yaml'), 'version: 1\nparams: { double: { factor: 3 } }\n');
    expect(await outcomes(project)).toMatchObject({ numbers: 'reused', double: 'executed' });
    expect(await wentByWhatIsKept(project)).toBe(true);
    // It counts before package-lock.json.
    await writeFile(join(project.dir, 'npm-shrinkwrap.json'), '{}');
    expect(await wentByWhatIsKept(project)).toBe(false);
    expect(await outcomes(project, ['--force=double'])).toMatchObject({ numbers: 'reused', double: 'executed' });
  });
});
