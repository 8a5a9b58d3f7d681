import { type DuckDb, SluiceError } from '../../../pipeline/index.ts';
import columnsSql from './profile-columns.sql';
import scoresSql from './profile-scores.sql';
import type { OutOfFold } from '../estimate/estimate-performance.ts';
import labelledSql from './profile-labelled.sql';
import { LABELLED_NAME, SCORE_NAME, SEGMENT_NAME, SOURCE_NAME, SUMMARY_NAME } from './write-profile.ts';

export interface Profile {
  readonly rows: number;
  /** The digest of the table that was profiled. */
  readonly sha256: string;
  /** Column name to DuckDB type, in the table's order. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The view that a profile is read through; see scan/scan-column.ts. */
export const PROFILE_ROWS = 'profile_rows';

const OWN_NAMES: ReadonlySet<string> = new Set([SOURCE_NAME, SCORE_NAME, LABELLED_NAME, SEGMENT_NAME, SUMMARY_NAME]);
const PROFILE_COLUMNS = ['position', 'name', 'type', 'number', 'level', 'count'];

/** Whether a table with these columns is a profile and not rows. */
export function isProfile(columns: readonly string[]): boolean {
  return columns.length === PROFILE_COLUMNS.length && PROFILE_COLUMNS.every((name) => columns.includes(name));
}

/**
 * Opens a profile for comparing against.
 * @throws SluiceError DATA_MISSING_COLUMN for a Parquet file that is no profile
 */
export async function readProfile(db: DuckDb, path: string): Promise<Profile> {
  await db.view(PROFILE_ROWS, path);
  const described = await db.all<{ column_name: string }>(`describe ${PROFILE_ROWS}`);
  const columns = new Set(described.map(({ column_name: name }) => name));
  const missing = PROFILE_COLUMNS.find((name) => !columns.has(name));
  if (missing !== undefined) {
    throw new SluiceError('DATA_MISSING_COLUMN', `${path} is no reference profile: it has no column "${missing}"`, {
      hint: 'Give the `profile` that a drift stage wrote, or a table of rows.',
    });
  }
  const [source] = await db.all<{ level: string; count: number }>(
    `select level, count::double as count from ${PROFILE_ROWS} where name = $name`,
    { name: SOURCE_NAME },
  );
  const all = await db.all<{ name: string; type: string | null }>(columnsSql);
  const real = all.filter(({ name }) => !OWN_NAMES.has(name));
  return {
    rows: source?.count ?? 0,
    sha256: source?.level ?? '',
    columns: Object.fromEntries(real.map(({ name, type }) => [name, type ?? ''])),
  };
}

/** The score's reference as probabilities ascending, each as often as it occurred; empty where the profile has none. */
export async function profiledScores(db: DuckDb): Promise<Float64Array> {
  const { number = new Float64Array(), count = new Float64Array() } = await db.doubles(scoresSql, { name: SCORE_NAME });
  return repeated(number, count);
}

/** Labelled rows with their scores, by score and outcome; null where the profile has none. */
export async function profiledLabelled(db: DuckDb): Promise<OutOfFold | null> {
  const rows = await db.doubles(labelledSql, { name: LABELLED_NAME });
  const { number = new Float64Array(), target = new Float64Array(), count = new Float64Array() } = rows;
  return number.length === 0 ? null : { probability: repeated(number, count), target: repeated(target, count) };
}

/** Each value as often as it is counted. */
export function repeated(values: Float64Array, count: Float64Array): Float64Array {
  const all = new Float64Array(count.reduce((sum, times) => sum + times, 0));
  let at = 0;
  values.forEach((value, index) => {
    all.fill(value, at, at + (count[index] ?? 0));
    at += count[index] ?? 0;
  });
  return all;
}
