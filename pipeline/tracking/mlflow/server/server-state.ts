import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inspectProcess, processGroup, type ProcessInfo } from '../../process/process-identity.ts';

const stateSchema = z.object({
  pid: z.int(),
  /** The server's processes are a group of their own: ended together, or the worker goes on answering. */
  pgid: z.int(),
  /** Tells the process apart from a later one with the same number. */
  started: z.string(),
  port: z.int(),
  uri: z.string(),
  /** Null until the server answered for the first time. */
  version: z.string().nullable(),
  startedAt: z.string(),
});
export type ServerState = z.infer<typeof stateSchema>;

export const statePath = (folder: string): string => join(folder, 'server.json');
export const logPath = (folder: string): string => join(folder, 'server.log');
const DATABASE = 'mlflow.db';
export const databasePath = (folder: string): string => join(folder, DATABASE);
/** For a process whose working folder is the server's: of a whole path MLflow would take what follows a `?` for options, and make the database elsewhere. */
export const DATABASE_URI = `sqlite:///${DATABASE}`;

export async function readState(folder: string): Promise<ServerState | undefined> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(statePath(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

export async function writeState(folder: string, state: ServerState): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${statePath(folder)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(state, null, 1)}\n`);
  await rename(draft, statePath(folder));
}

export async function removeState(folder: string): Promise<void> {
  await rm(statePath(folder), { force: true });
}

/**
 * The living processes of the server that a state file names. Empty when they are gone, or when the numbers now belong to
 * somebody else. The parent may be dead (kill -9) while its worker lives on in the same group and still holds the port.
 */
export async function serverProcesses(state: ServerState): Promise<readonly ProcessInfo[]> {
  const parent = await inspectProcess(state.pid);
  if (parent !== undefined && parent.started !== state.started) return [];
  const members = await processGroup(state.pgid);
  return members.filter((member) => /mlflow/i.test(member.command));
}
