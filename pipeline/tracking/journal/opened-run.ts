import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomic } from '../../store/write-atomic.ts';
import { tokenDigest } from './plan-operations.ts';

const SUFFIX = '.opened.json';

const openedSchema = z.object({
  /** Of the registration that the run is for: by it the run is found. */
  token: z.string(),
  experiment: z.string(),
  /** Where it is, without credentials. */
  uri: z.string(),
  /** What opened it: the id of a run of the pipeline, or what its process calls itself. */
  openedBy: z.string(),
  /** Where that is no run of the pipeline. */
  process: z.object({ pid: z.int(), started: z.string(), place: z.string() }).optional(),
});
/** A run on the tracker that somebody has to bring to an end: written before it is made, gone once it is registered or ended. */
export type OpenedRun = z.infer<typeof openedSchema>;

export async function noteOpened(outbox: string, opened: OpenedRun): Promise<void> {
  await writeAtomic(openedPath(outbox, opened.token), `${JSON.stringify(opened)}\n`);
}

export async function forgetOpened(outbox: string, token: string): Promise<void> {
  await rm(openedPath(outbox, token), { force: true });
}

/** All that are open. One that cannot be read is nobody's any more. */
export async function openedRuns(outbox: string): Promise<readonly OpenedRun[]> {
  const names = (await readdir(outbox).catch((): string[] => [])).filter((name) => name.endsWith(SUFFIX)).toSorted();
  const opened: OpenedRun[] = [];
  for (const name of names) {
    const text = await readFile(join(outbox, name), 'utf8').catch(() => '');
    const read = openedSchema.safeParse(parsed(text));
    if (read.success) opened.push(read.data);
  }
  return opened;
}

function openedPath(outbox: string, token: string): string {
  return join(outbox, `${tokenDigest(token)}${SUFFIX}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
