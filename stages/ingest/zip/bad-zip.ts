import { basename } from 'node:path';
import { SluiceError } from '../../../pipeline/index.ts';

/** The error for an archive that cannot be trusted. */
export function badZip(archive: string, what: string, hint?: string): SluiceError {
  const name = basename(archive);
  return new SluiceError('DATA_MALFORMED', `${name} ${what}`, {
    hint: hint ?? `Copy or download it again; "unzip -t ${name}" tells whether a copy is whole.`,
    at: { file: archive },
  });
}
