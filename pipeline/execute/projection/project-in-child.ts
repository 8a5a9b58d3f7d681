import { spawn } from 'node:child_process';
import { deserializeError, type SerializedError, SluiceError } from '../../errors/sluice-error.ts';
import { programFile } from '../child/program-file.ts';
import type { Project } from '../project/project.ts';
import type { ProjectionOrder, WrittenProjection } from './write-projection.ts';

export type ProjectionAnswer = { readonly written: WrittenProjection } | { readonly error: SerializedError };

/**
 * Has projections written by a process of its own, one after the other.
 * @returns for each what was written, or why not
 * @throws SluiceError STAGE_CRASHED when the process ended without an answer
 */
export async function projectInChild(
  project: Pick<Project, 'cacheDir'>,
  orders: readonly ProjectionOrder[],
  signal?: AbortSignal,
): Promise<readonly ({ readonly written: WrittenProjection } | { readonly error: SluiceError })[]> {
  const program = await programFile(project, new URL('./projection-program.ts', import.meta.url));
  const { NODE_OPTIONS: _options, ...env } = process.env;
  // In a group of its own: a Ctrl-C in the terminal is for the engine, with which its input closes.
  const child = spawn(process.execPath, [program], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' });
  const heard = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (heard[stream] += text));
  child.stdin.on('error', () => {}).write(`${JSON.stringify(orders)}\n`); // it stays open: its end is the end of the child
  const how = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, by) => resolve(by === null ? `exited with code ${code}` : `was killed by ${by}`));
  });
  const answers = parse(heard.stdout);
  const [first] = orders;
  if (answers === null)
    throw new SluiceError('STAGE_CRASHED', `the process that writes columns of ${first?.from ?? 'a table'} ${how}${said(heard.stderr)}`, {
      ...(first !== undefined && { stage: first.stage }),
      hint: 'The system may have run out of memory; run again.',
    });
  return answers.map((answer) => ('error' in answer ? { error: deserializeError(answer.error) } : answer));
}

function parse(text: string): readonly ProjectionAnswer[] | null {
  try {
    return JSON.parse(text) as ProjectionAnswer[];
  } catch {
    return null;
  }
}

function said(text: string): string {
  return text.trim() === '' ? '' : `; it last said:\n${text.trim().slice(-2000)}`;
}
