import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import { systemErrorCode } from '../util/error-code.ts';

/** Says what a failed write to the store means for the user. */
export function toStoreError(error: unknown, path: string): SluiceError {
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

export function isDiskFull(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}
