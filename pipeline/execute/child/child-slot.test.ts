import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canUseSlots, closeSlots, startInSlot } from './child-slot.ts';
import { spawnChild } from './spawn-child.ts';
import type { StartChild } from './started-child.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice slot é-'));
});
afterAll(async () => {
  await closeSlots();
  await rm(dir, { recursive: true });
});

/** Runs a program that reads its order, and gathers what is heard of it. */
async function runProgram(start: StartChild, program: string, order = 'order\n') {
  await writeFile(join(dir, 'program.cjs'), program);
  const heard = { pid: 0, stdout: '', stderr: '', answer: '' };
  const exit = await start({
    args: [join(dir, 'program.cjs')],
    env: { PATH: process.env['PATH'] ?? '', OWN: 'a b\n"c"' },
    cwd: dir,
    order,
    onPid: (pid) => void (heard.pid = pid),
    onOutput: (stream, text) => void (heard[stream] += text),
    onAnswer: (text) => void (heard.answer += text),
  });
  return { ...exit, ...heard };
}

const ECHO = `const fs = require('fs'); const got = fs.readSync(0, Buffer.alloc(100));
process.stdout.write('out é'); process.stderr.write('err'); fs.writeSync(3, 'answer ' + got);`;
const ways: readonly (readonly [string, StartChild])[] = canUseSlots()
  ? [
      ['a shell that is kept', startInSlot],
      ['a process of this one', spawnChild],
    ]
  : [['a process of this one', spawnChild]];

describe.each(ways)('a child started by %s', (_name, start) => {
  test('has its order, its streams, its environment and no other, and a group of its own', async () => {
    expect(await runProgram(start, ECHO)).toMatchObject({ code: 0, signal: null, stdout: 'out é', stderr: 'err', answer: 'answer 6' });
    const told = await runProgram(
      start,
      `const { execFileSync } = require('child_process'); const stat = require('fs').readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
       console.log(JSON.stringify([process.env, process.pid === Number(stat[2]), process.cwd()]));`,
    );
    expect(JSON.parse(told.stdout)).toEqual([{ PATH: process.env['PATH'], OWN: 'a b\n"c"' }, true, dir]);
    expect(told.pid).toBeGreaterThan(0);
  });

  test('says how it ended, and the next one is not disturbed by an order that was not read', async () => {
    expect(await runProgram(start, 'process.exit(7)')).toMatchObject({ code: 7, signal: null });
    expect(await runProgram(start, "process.kill(process.pid, 'SIGKILL')", 'x\ny\nz\n')).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(await runProgram(start, ECHO)).toMatchObject({ code: 0, stdout: 'out é', answer: 'answer 6' });
  });

  test('loses no byte of a long output, and ends what it leaves running', async () => {
    const long = await runProgram(
      start,
      `require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' }).unref();
       process.stdout.write('\\u0001é'.repeat(200000), () => process.exit(0));`,
    );
    expect([long.code, long.stdout.length, long.stdout === '\u0001é'.repeat(200_000)]).toEqual([0, 400_000, true]);
    for (let tries = 0; tries < 200 && (await commandsIn(dir)).includes('sleep'); tries++) await sleep(20); // a killed one takes a moment to go
    expect(await commandsIn(dir)).not.toContain('sleep');
  });
});

/** Names of the programs that run in a folder. */
async function commandsIn(folder: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc').catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const env = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return env.includes(`OWN=a b`) ? [await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')] : [];
    }),
  );
  return found.flat().map((name) => `${name.trim()}${folder === '' ? '!' : ''}`);
}
