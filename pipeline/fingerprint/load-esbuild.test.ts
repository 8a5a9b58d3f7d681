import type { ChildProcess, SpawnOptions } from 'node:child_process';
import process from 'node:process';
import { expect, test } from '@jest/globals';
import { inspectProcess } from '../tracking/process/process-identity.ts';
import { loadEsbuild } from './load-esbuild.ts';

test('a Ctrl-C in the terminal, which goes to the whole group, does not reach the bundler', async () => {
  const module = process.getBuiltinModule('node:child_process');
  const { spawn } = module;
  const started: ChildProcess[] = [];
  const noted = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
    const child = spawn(command, args, options);
    started.push(child);
    return child;
  };
  Object.assign(module, { spawn: noted });
  try {
    const { transform } = loadEsbuild();
    expect((await transform('export default 1', { format: 'cjs' })).code).toContain('module.exports');
    expect(module.spawn).toBe(noted);
  } finally {
    Object.assign(module, { spawn });
  }
  expect(started).toHaveLength(1);
  const pid = started[0]?.pid ?? 0;
  expect((await inspectProcess(pid))?.group).toBe(pid);
});
