import { SluiceError, type StageLog } from '../../pipeline/index.ts';
import type { RawFile } from './raw-file.ts';

/** A file with a header and no rows: an error for application_train, a warning elsewhere. @throws SluiceError DATA_TOO_SMALL */
export function refuseNoRows(file: RawFile, rows: number, log: StageLog): void {
  if (rows > 0) return;
  if (file.table !== 'application_train') {
    log.warn(`${file.name} has a header and no rows: what it feeds will be null.`);
    return;
  }
  throw new SluiceError('DATA_TOO_SMALL', `${file.name} has a header and no rows`, {
    hint: 'A model needs labelled applicants; copy the file again.',
    at: { file: file.path },
  });
}
