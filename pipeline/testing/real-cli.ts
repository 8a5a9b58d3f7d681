import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  /** Resolves once standard error or output holds the text. */
  seen(text: string): Promise<void>;
  readonly ended: Promise<CliResult>;
}

/** Builds dist/ as it stands in the sources: what `bin/sluice.mjs` runs. */
export async function buildCli(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(REPOSITORY, 'scripts/build.mjs'), '--no-types'], { cwd: REPOSITORY });
}

/** Starts the real command line as its own process, without colours and with nothing of this process's settings that it would heed. */
export function startCli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  /** Another user to run as; only root may. */
  uid?: number,
): RunningCli {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|CI|GITHUB_.*|MLFLOW_.*|SLUICE_.*|FORCE_COLOR)$/.test(name)),
  );
  const child = spawn(process.execPath, [join(REPOSITORY, 'bin/sluice.mjs'), ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  const ended = new Promise<CliResult>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, ...output }));
  });
  const seen = async (text: string): Promise<void> => {
    while (!output.stderr.includes(text) && !output.stdout.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended before it said "${text}":\n${output.stderr}`);
      await new Promise((wait) => setTimeout(wait, 20));
    }
  };
  return { child, seen, ended };
}

/** Runs the real command line to its end. */
export function runCli(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  return startCli(cwd, args, env).ended;
}
