import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { signalGroup } from './process-group.ts';
import type { ChildExit, ChildStart } from './started-child.ts';

/** How long what left the group may hold the output open after the child's end, in ms. */
const LINGER_MS = 5000;

/** Starts a child as a process of this one. */
export async function spawnChild({ args, env, cwd, order, onPid, onOutput, onAnswer }: ChildStart): Promise<ChildExit> {
  const child = spawn(process.execPath, args, { cwd, env: { ...env }, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  if (child.pid !== undefined) onPid(child.pid);
  child.stdin.on('error', () => {});
  child.stdin.write(order);
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => onOutput(stream, text));
  const channel = child.stdio[3] as Readable;
  channel.on('error', () => {}); // broke with the child: its exit code says why
  channel.setEncoding('utf8').on('data', onAnswer);
  return exited(child);
}

function exited(child: ChildProcess): Promise<ChildExit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      const timer = setTimeout(() => child.stdio.forEach((stream) => stream?.destroy()), LINGER_MS);
      child.once('close', () => clearTimeout(timer));
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
