import { basename } from 'node:path';
import { z } from 'zod';
import type { SluiceError } from '../../pipeline/index.ts';

/** What is said of a table, not of somebody's row in it. */
const OF_TABLES: ReadonlySet<string> = new Set(['DATA_MISSING_TABLE', 'DATA_MISSING_COLUMN', 'DATA_TOO_SMALL', 'DATA_TOO_LARGE']);

/** As ingest tells of the first rows that it refuses. */
const refused = z.object({
  first: z.tuple([z.object({ file: z.string(), line: z.int(), column: z.string().nullable(), reason: z.string() })], z.unknown()),
});

/** Where a row could not be read and why, without what stands there. */
export function rowPlace({ file, line, column, reason }: z.infer<typeof refused>['first'][0]): string {
  return `${file}:${line}: ${column === null ? 'the row' : `column ${column}`} ${reason}`;
}

/**
 * What went wrong, for /ready and the log: where in which file, and never what stands there, which is somebody's.
 * Errors of other things than data say nothing of anybody, and are told as they are.
 */
export function withoutValues({ code, message, at, data }: SluiceError): string {
  if (!code.startsWith('DATA_') || OF_TABLES.has(code)) return message;
  const known = refused.safeParse(data);
  if (known.success) {
    return rowPlace(known.data.first[0]);
  }
  const file = at === undefined ? 'the raw tables' : `${basename(at.file)}${at.line === undefined ? '' : `:${at.line}`}`;
  return `${file}: ${code}`;
}
