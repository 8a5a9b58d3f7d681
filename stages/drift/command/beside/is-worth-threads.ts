import type { OpenedParts } from '../open-part.ts';

/** Below this a thread takes longer to start than it saves. */
const MANY_ROWS = 50_000;

/** @param processors that this process may use */
export function isWorthThreads({ reference, current }: OpenedParts, processors: number): boolean {
  return processors > 1 && reference.form === 'rows' && Math.max(reference.rows, current.rows) >= MANY_ROWS;
}
