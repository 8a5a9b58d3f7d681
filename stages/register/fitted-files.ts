import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FITTED_FOLDER } from '../champion/champion-files.ts';

/** Files of encode's state as they travel with the model, name to path: what a new applicant's fitted columns are computed from. */
export async function fittedFiles(stateDir: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (stateDir === undefined) return {};
  const names = (await readdir(stateDir)).toSorted();
  return Object.fromEntries(names.map((name) => [`${FITTED_FOLDER}/${name}`, join(stateDir, name)]));
}
