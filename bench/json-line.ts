import { spawnSync } from 'node:child_process';
import process from 'node:process';

export function printLine(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * Measures in a process of its own, whose memory and processor time are nobody else's.
 * @returns the last line that it printed
 * @throws Error where it fails
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what the line holds
export function lastLineOf<T>(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): T {
  const { stdout, status } = spawnSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} ended with ${status}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
