import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, runCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

beforeAll(buildCli);

const files = {
  ...numberStages,
  'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
  'configs/numbers.yaml': 'version: 1\n',
};
const HANGS =
  "import { spawn } from 'node:child_process'; // sluice-allow-untracked: what it starts is what is tested\nexport default async ({ outputs, log }) => { await outputs.total.write(1); const grandchild = spawn('sleep', ['60']); log.info('pids ' + process.pid + ' ' + grandchild.pid); await new Promise(() => { setInterval(() => {}, 1000); }); };\n";

describe('kill -9 of a run', () => {
  test('leaves no orphan, nothing half-made, and a lock that the next run takes over', async () => {
    await using project = await TempProject.create({ ...files, 'stages/total.ts': HANGS });
    const cli = startCli(project.dir, ['run', '--json']);
    await cli.seen('pids ');
    cli.child.kill('SIGKILL');
    const { stdout } = await cli.ended;
    const pids = (/pids (\d+) (\d+)/.exec(stdout)?.slice(1) ?? []).map(Number);
    expect(pids).toHaveLength(2);
    await sleep(1000);
    expect(await Promise.all(pids.map(isRunning))).toEqual([false, false]);
    await project.write(numberStages);
    const next = await runCli(project.dir, ['run']);
    expect(next.code).toBe(0);
    expect(next.stderr).toMatch(/= numbers +reused[^]*= double +reused[^]*✔ total +executed/);
    const total = (await readdir(join(project.dir, 'artifacts/stages/total'))).find((name) => name.endsWith('.json'));
    const manifest = JSON.parse(await readFile(join(project.dir, 'artifacts/stages/total', total ?? ''), 'utf8'));
    expect(await readFile(await pathOf(project, 'total.total'), 'utf8')).toBe('12\n');
    expect(manifest.outputs.total.kind).toBe('json');
  });
});

async function pathOf(project: TempProject, port: string): Promise<string> {
  return (await runCli(project.dir, ['path', port])).stdout.trim();
}

/** A zombie that nobody has reaped yet does not run. */
async function isRunning(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return state !== '' && state.slice(state.lastIndexOf(')') + 2, state.lastIndexOf(')') + 3) !== 'Z';
}
