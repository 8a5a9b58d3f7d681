import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FITTED_FOLDER } from '../../stages/champion/champion-files.ts';

/** Folder of the state that a model's fitted columns are made by; null where it was registered without one. */
export function fittedStateOf(modelFolder: string): string | null {
  const folder = join(modelFolder, FITTED_FOLDER);
  return existsSync(join(folder, 'state.json')) ? folder : null;
}
