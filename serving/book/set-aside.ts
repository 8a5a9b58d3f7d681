import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDb } from '../../pipeline/index.ts';
import type { Reject } from '../../stages/ingest/reject.ts';
import { writeRejects } from '../../stages/ingest/write-rejects.ts';
import type { PrepareOrder } from './prepare/prepare-order.ts';
import { type Rejected, rowsOf } from './rejected.ts';

const ROWS = 'set-aside.parquet';

/** Rows of raw tables that could not be read and are in no book. */
export interface SetAside extends Pick<Rejected, 'rows' | 'places'> {
  /** Those of an applicant's history that say of nobody whose they are. */
  readonly unclaimed: number;
  /** Parquet: file, line, column, value, reason of each, and whose it is. */
  readonly file: string;
}

/** Keeps what was set aside beside the tables that it is missing in. */
export async function writeSetAside(db: DuckDb, rejects: readonly Reject[], tablesDir: string): Promise<void> {
  if (rejects.length > 0) await writeRejects(db, rejects, join(tablesDir, ROWS));
}

/** Where the rows lie that an order's tables lack; null where that is not known, or there are none of a folder. */
export function rejectsFile({ source, rejects }: Pick<PrepareOrder, 'source' | 'rejects'>): string | null {
  if (source === null) return rejects;
  const file = join(source.tablesDir, ROWS);
  return existsSync(file) ? file : null;
}

/** Null where every row is in the book. @param file where they lie */
export function setAsideOf({ rows, places, unclaimed }: Rejected, file: string | null): SetAside | null {
  return rows === 0 || file === null ? null : { rows, places, unclaimed: rowsOf(unclaimed), file };
}

/**
 * Such as "2 rows set aside, of 1 it is not known whose it is: bureau.csv:7: column AMT_CREDIT_SUM is not a number, …".
 * Places, and never what stands there.
 */
export function setAsideText({ rows, places, unclaimed }: Omit<SetAside, 'file'>): string {
  const nobody = unclaimed === 0 ? '' : `, of ${unclaimed} it is not known whose ${unclaimed === 1 ? 'it is' : 'they are'}`;
  return `${rows} ${rows === 1 ? 'row' : 'rows'} set aside${nobody}: ${places.join(', ')}${rows > places.length ? ', …' : ''}`;
}
