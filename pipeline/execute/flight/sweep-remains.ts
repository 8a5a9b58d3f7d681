import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../project/project.ts';
import { isRunAlive } from '../record/run-record.ts';
import { boardDir, readFlight, takeDown } from './flight-folder.ts';
import { isAlive } from './process-mark.ts';

/** A run's id ends the name of every folder that a run works in. */
const RUN = /-([0-9A-Z]{26})$/;

/**
 * Removes what runs left that were killed: their flights, drafts and staging folders. What belongs to a run that lives, or
 * that lies on another machine, is not touched.
 */
export async function sweepRemains(project: Project): Promise<void> {
  const board = boardDir(project.artifactsDir);
  const staging = join(project.artifactsDir, 'staging');
  await Promise.all([
    ...(await entries(board)).map((name) => sweepBoard(project, join(board, name), name)),
    ...(await entries(staging)).map((name) => sweepWorkFolder(project, join(staging, name), name)),
  ]);
}

async function sweepBoard(project: Project, path: string, name: string): Promise<void> {
  if (name.startsWith('.gone-')) await remove(path);
  else if (name.startsWith('.draft-')) await sweepWorkFolder(project, path, name);
  else {
    const flight = await readFlight(path);
    // Of one that was killed while it took its flight down, the empty folder is left.
    if (flight === null) await rmdir(path).catch(() => {});
    else if (isAlive(flight.head.process) === false) await takeDown(flight.dir);
  }
}

async function sweepWorkFolder(project: Project, path: string, name: string): Promise<void> {
  const run = RUN.exec(name)?.[1];
  if (run !== undefined && !(await isRunAlive(project, run))) await remove(path);
}

/** Housekeeping that fails, on a read-only folder say, fails no run. */
async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {});
}

async function entries(dir: string): Promise<readonly string[]> {
  return readdir(dir).catch(() => []);
}
