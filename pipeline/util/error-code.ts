/** The `code` of a system error, such as ENOENT. Does not rely on `instanceof`: errors of the runtime may come from another realm. */
export function systemErrorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('message' in error) return String(error.message);
  try {
    return JSON.stringify(error);
  } catch {
    return `an object that JSON cannot hold, with the keys ${Object.keys(error).join(', ')}`; // a cycle or a bigint
  }
}
