import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { deserializeError, type SerializedError, SluiceError } from '../../../pipeline/index.ts';
import type { PrepareOrder, PrepareProgress } from './prepare-order.ts';

/** Before it has threads, which would keep the priority that they began with: calls come first, whatever is prepared. */
function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, and says why.
  }
}

/** Nothing of an order is left to be made. */
export function isPrepared({ bookDir, indexDir }: PrepareOrder): boolean {
  return existsSync(bookDir) && existsSync(indexDir);
}

/**
 * Makes the book and the index of an order in a process of its own, which ends with this one's signal.
 * Nothing is started where both are there already.
 * @param file bundles `prepare-index.ts`
 * @throws SluiceError as what it does; SERVING_CLOSED where it was told to stop
 */
export async function runPrepare(
  order: PrepareOrder,
  {
    file,
    signal,
    onProgress,
  }: { readonly file: () => Promise<string>; readonly signal: AbortSignal; readonly onProgress: (progress: PrepareProgress) => void },
): Promise<void> {
  if (isPrepared(order)) return;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', await file()], {
    stdio: ['pipe', 'pipe', 'inherit'],
    signal,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (child.pid !== undefined) yieldToOthers(child.pid);
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('close', (code) => resolve(code ?? -1));
  });
  child.stdin.on('error', () => {}); // it may be gone before it has read all: its end says why
  child.stdin.end(JSON.stringify(order));
  let error: SerializedError | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as PrepareProgress | { readonly error: SerializedError };
    if ('error' in said) error = said.error;
    else onProgress(said);
  }
  const code = await ended;
  if (signal.aborted) throw new SluiceError('SERVING_CLOSED', 'the index was not finished: serving is being shut down');
  if (error !== null) throw deserializeError(error);
  if (code !== 0)
    throw new SluiceError('INTERNAL', `the process that makes the index of applicants ended with code ${code}`, {
      hint: 'Start serving again: what is whole is kept, the rest is made anew.',
    });
}
