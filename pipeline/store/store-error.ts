import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import { systemErrorCode } from '../util/error-code.ts';

/** Says what a failed write to the store means for the user. */
export function toStoreError(failed: unknown, path: string): SluiceError {
  const error = causeOfMkdir(failed);
  const code = systemErrorCode(error);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new SluiceError(
      'STORE_READ_ONLY',
      `cannot write ${path}: ${code === 'EROFS' ? 'the file system is read-only' : 'permission denied'}`,
      {
        hint: 'Make the artifacts folder writable, or point SLUICE_ARTIFACTS at a folder that is.',
        cause: error,
      },
    );
  }
  if (isDiskFull(error)) {
    return new SluiceError('STORE_DISK_FULL', `no space left for ${path}`, {
      hint: 'Free some space and run again: finished stages are kept and will be reused.',
      cause: error,
    });
  }
  return toSluiceError(error);
}

/** Node's recursive mkdir says ENOENT also where the disk is full or read-only: the first missing folder is asked for by itself. */
function causeOfMkdir(error: unknown): unknown {
  if (systemErrorCode(error) !== 'ENOENT' || !(error instanceof Error && 'syscall' in error && 'path' in error)) return error;
  if (error.syscall !== 'mkdir' || typeof error.path !== 'string') return error;
  let missing = error.path;
  while (dirname(missing) !== missing && !existsSync(dirname(missing))) missing = dirname(missing);
  try {
    mkdirSync(missing);
    return error;
  } catch (cause) {
    return cause;
  }
}

export function isDiskFull(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}
