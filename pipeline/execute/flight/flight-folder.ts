import { renameSync } from 'node:fs';
import { readdir, readFile, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeFiles } from '../../store/remove-folder.ts';
import { toStoreError } from '../../store/store-error.ts';
import { systemErrorCode } from '../../util/error-code.ts';
import { type FlightHead, parseFlightLine } from './flight-line.ts';

export const FLIGHT_FILE = 'flight.ndjson';

/** A flight of whichever run, as found on the board. */
export interface SeenFlight {
  /** `<board>/<name>/<nonce>`: unique for ever, so that whoever moves it away hits this flight and no other. */
  readonly dir: string;
  readonly head: FlightHead;
}

export function boardDir(artifactsDir: string): string {
  return join(artifactsDir, 'flights');
}

/** @param named `<board>/<name>`. @returns null when nothing is in the air under that name */
export async function readFlight(named: string): Promise<SeenFlight | null> {
  const [nonce] = await readdir(named).catch((): string[] => []);
  if (nonce === undefined) return null;
  const dir = join(named, nonce);
  const text = await readFile(join(dir, FLIGHT_FILE), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw toStoreError(error, dir);
  });
  const head = parseFlightLine(text.slice(0, text.indexOf('\n')));
  if (head?.type === 'head') return { dir, head };
  await takeDown(dir); // a flight has its head from the start: this one lost it in a power cut, or has just left
  return null;
}

/** Takes a flight off the board, in one step. @returns false when someone else did */
export async function takeDown(dir: string): Promise<boolean> {
  const name = dirname(dir);
  const gone = join(dirname(name), `.gone-${basename(dir)}`);
  try {
    renameSync(dir, gone);
  } catch {
    return false;
  }
  await rmdir(name).catch(() => {}); // the next flight of this name may be in it already
  await removeFiles(gone).catch(() => {}); // a file that a joiner still reads may linger on NFS: swept later
  return true;
}
