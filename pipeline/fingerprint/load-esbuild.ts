import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import type * as esbuildModule from 'esbuild';

type Esbuild = typeof esbuildModule;

let loaded: Esbuild | null = null;

/**
 * The bundler, with its process started. By `require`: for an `import` Node first looks for the names that its 90 KB of CommonJS export, which
 * took 45 ms. Its process (Go) collects its garbage when it has grown to five times what was left, not to twice: a quarter less processor time.
 * A Ctrl-C in the terminal does not reach it: stages end in order then, and esbuild throws out of its socket when its process dies in
 * the middle of an answer. It ends when this process does, whose pipe it reads.
 */
export function loadEsbuild(): Esbuild {
  if (loaded !== null) return loaded;
  const esbuild = createRequire(import.meta.url)('esbuild') as Esbuild;
  const { GOGC } = process.env;
  process.env['GOGC'] = GOGC ?? '400';
  const attach = detachSpawned();
  try {
    void esbuild.initialize({}).catch(() => {}); // what is wrong with it, the first build says
  } finally {
    attach();
    if (GOGC === undefined) delete process.env['GOGC'];
  }
  return (loaded = esbuild);
}

/** Has what is spawned lead a group of its own: esbuild takes no such option. @returns puts an end to that */
function detachSpawned(): () => void {
  const module = process.getBuiltinModule('node:child_process');
  const { spawn } = module;
  const detached = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess =>
    spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  Object.assign(module, { spawn: detached });
  return () => Object.assign(module, { spawn });
}
