import { spawn } from 'node:child_process';
import { deserializeError, type SerializedError, SluiceError } from '../../errors/sluice-error.ts';
import { programFile } from '../child/program-file.ts';
import type { Project } from '../project/project.ts';
import type { ProjectionOrder, WrittenProjection } from './write-projection.ts';

type Answer = { readonly written: WrittenProjection } | { readonly error: SerializedError };

/**
 * Has a projection written by a process of its own.
 * @throws SluiceError of the writing; STAGE_CRASHED when the process ended without an answer
 */
export async function projectInChild(project: Pick<Project, 'cacheDir'>, order: ProjectionOrder): Promise<WrittenProjection> {
  const program = await programFile(project, new URL('./projection-program.ts', import.meta.url));
  const { NODE_OPTIONS: _options, ...env } = process.env;
  // In a group of its own: a Ctrl-C in the terminal is for the engine, with which its input closes.
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const heard = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (heard[stream] += text));
  const how = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal === null ? `exited with code ${code}` : `was killed by ${signal}`));
  });
  const answer = parse(heard.stdout);
  if (answer === null)
    throw new SluiceError('STAGE_CRASHED', `the process that writes columns of ${order.from} ${how}${said(heard.stderr)}`, {
      stage: order.stage,
      hint: 'The system may have run out of memory; run again.',
    });
  if ('error' in answer) throw deserializeError(answer.error);
  return answer.written;
}

function parse(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}

function said(text: string): string {
  return text.trim() === '' ? '' : `; it last said:\n${text.trim().slice(-2000)}`;
}
