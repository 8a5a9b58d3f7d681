import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { isSluiceError } from '../../../errors/sluice-error.ts';
import { databasePath } from './server-state.ts';

/** Lies beside a database from before its first table until a server answers on it. */
const markerPath = (folder: string): string => `${databasePath(folder)}.making`;

/** To be called before a server is started. */
export async function markNewDatabase(folder: string): Promise<void> {
  if (existsSync(databasePath(folder))) return;
  await mkdir(folder, { recursive: true });
  await writeFile(markerPath(folder), 'MLflow has not finished making its tables\n');
}

/** Whether no server ever answered on the database. */
export function isUnfinished(folder: string): boolean {
  return existsSync(markerPath(folder));
}

/** To be called once a server answers. */
export async function databaseIsMade(folder: string): Promise<void> {
  await rm(markerPath(folder), { force: true });
}

/**
 * MLflow makes its tables step by step, and a server that was ended half-way leaves some of them, on which no later one starts.
 * Such a database has never been used: it is set aside, not deleted, and the next start makes another.
 * @param failure of the start; undefined where the server was ended by us
 * @returns whether there was one
 */
export async function setUnfinishedAside(folder: string, failure?: unknown): Promise<boolean> {
  const ofTables = failure === undefined || (isSluiceError(failure) && /OperationalError|sqlalche\.me|alembic/.test(failure.message));
  if (!ofTables || !existsSync(markerPath(folder))) return false;
  for (const suffix of ['', '-journal', '-wal', '-shm']) {
    const path = databasePath(folder) + suffix;
    if (existsSync(path)) await rename(path, `${databasePath(folder)}.unfinished${suffix}`);
  }
  return true;
}
