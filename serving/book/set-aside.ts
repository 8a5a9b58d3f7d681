import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DuckDb } from '../../pipeline/index.ts';
import type { Reject } from '../../stages/ingest/reject.ts';
import { writeRejects } from '../../stages/ingest/write-rejects.ts';
import { rowPlace } from '../scorer/without-values.ts';

const SUMMARY = 'set-aside.json';
const ROWS = 'set-aside.parquet';
/** Places that are told; all of them stand in the file. */
const TOLD = 3;

const schema = z.strictObject({ rows: z.int(), places: z.array(z.string()) });

/** Rows of a folder's tables that could not be read and are in no book. */
export interface SetAside extends z.infer<typeof schema> {
  /** Parquet: file, line, column, value, reason of each. */
  readonly file: string;
}

/** Keeps what was set aside beside the tables that it is missing in. */
export async function writeSetAside(db: DuckDb, rejects: readonly Reject[], tablesDir: string): Promise<void> {
  if (rejects.length === 0) return;
  await writeRejects(db, rejects, join(tablesDir, ROWS));
  const summary: z.infer<typeof schema> = { rows: rejects.length, places: rejects.slice(0, TOLD).map(rowPlace) };
  await writeFile(join(tablesDir, SUMMARY), JSON.stringify(summary));
}

/** Null where every row is in the book. */
export function readSetAside(tablesDir: string): SetAside | null {
  const file = join(tablesDir, SUMMARY);
  if (!existsSync(file)) return null;
  return { ...schema.parse(JSON.parse(readFileSync(file, 'utf8'))), file: join(tablesDir, ROWS) };
}

/** Such as "2 rows set aside: bureau.csv:7: column AMT_CREDIT_SUM is not a number, …". Places, and never what stands there. */
export function setAsideText({ rows, places }: Pick<SetAside, 'rows' | 'places'>): string {
  return `${rows} ${rows === 1 ? 'row' : 'rows'} set aside: ${places.join(', ')}${rows > places.length ? ', …' : ''}`;
}
