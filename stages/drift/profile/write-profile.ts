import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import { storageClass } from '../maths/column-kind.ts';
import type { OutOfFold } from '../estimate/estimate-performance.ts';
import type { SegmentRows } from '../segments/read-segments.ts';
import type { ProfileSummary } from './profile-summary.ts';
import addLabelledSql from './add-labelled.sql';
import addSegmentSql from './add-segment.sql';
import newSql from './new-profile.sql';
import orderedSql from './ordered-profile.sql';
import levelsSql from './profile-levels.sql';
import numbersSql from './profile-numbers.sql';
import othersSql from './profile-others.sql';

/** Names under which the profile holds what is no column of the table; the leading space keeps them apart from real ones. */
export const SCORE_NAME = ' score';
export const SOURCE_NAME = ' source';
export const LABELLED_NAME = ' labelled';
/** A score and the group of its row, by an attribute that stands in type; the group in level. */
export const SEGMENT_NAME = ' segment';

/** Sums over all columns together as JSON in level; see profile-summary.ts. */
export const SUMMARY_NAME = ' summary';

export interface ProfileSource {
  /** A view or table of the reference's rows. */
  readonly view: string;
  readonly rows: number;
  /** The digest of the reference table, so that a later report names the same source. */
  readonly sha256: string;
  /** Column name to DuckDB type. */
  readonly columns: Readonly<Record<string, string>>;
  /** The model's probability for each row of the score's reference. */
  readonly scores?: ArrayLike<number>;
  /** Labelled rows with scores of models not fitted to them: what later estimates of the cost rest on. */
  readonly labelled?: OutOfFold;
  /** Groups of the rows of `scores`, in their order. */
  readonly segments?: readonly SegmentRows[];
  readonly summary?: ProfileSummary;
}

/**
 * Writes what a later comparison needs of the reference: every distinct value of every column with how often it occurs, exact.
 * No test here looks at more than these counts, so a comparison against the file gives the same numbers as against the rows.
 * Values stand by themselves, no row can be put together again; a column whose values name a person should be ignored.
 */
export async function writeProfile(db: DuckDb, source: ProfileSource, path: string): Promise<void> {
  await db.run(newSql);
  await db.run('insert into profile_rows values (0, $name, null, null, $sha256, $rows)', {
    name: SOURCE_NAME,
    sha256: source.sha256,
    rows: source.rows,
  });
  let position = 0;
  for (const [name, type] of Object.entries(source.columns)) {
    await db.run(`create or replace view profiled_column as select ${sqlName(name)} as x from ${sqlName(source.view)}`);
    await db.run(statementFor(type), { position: ++position, name, type });
  }
  if (source.scores !== undefined) await addScores(db, source.scores, position + 1);
  if (source.labelled !== undefined) await addLabelled(db, source.labelled, position + 2);
  const { segments = [] } = source;
  // Each has a place of its own: attributes are read back in this order, and their rows never tie.
  for (const [at, segment] of segments.entries())
    await addSegment(db, segment, { scores: source.scores ?? [], position: position + 3 + at });
  if (source.summary !== undefined)
    await db.run("insert into profile_rows values ($position, $name, 'JSON', null, $summary, 1)", {
      position: position + 3 + segments.length,
      name: SUMMARY_NAME,
      summary: JSON.stringify(source.summary),
    });
  await db.copyToParquet(orderedSql, path);
  await db.run('drop table profile_rows');
}

async function addScores(db: DuckDb, scores: ArrayLike<number>, position: number): Promise<void> {
  await db.createTable('profiled_scores', { x: { type: 'DOUBLE', values: Float64Array.from(scores) } });
  await db.run('create or replace view profiled_column as select x from profiled_scores');
  await db.run(numbersSql, { position, name: SCORE_NAME, type: 'DOUBLE' });
}

async function addLabelled(db: DuckDb, { probability, target }: OutOfFold, position: number): Promise<void> {
  await db.createTable('profiled_labelled', {
    probability: { type: 'DOUBLE', values: Float64Array.from(probability) },
    target: { type: 'DOUBLE', values: Float64Array.from(target) },
  });
  await db.run(addLabelledSql, { position, name: LABELLED_NAME });
}

async function addSegment(
  db: DuckDb,
  { attribute, groups, code }: SegmentRows,
  { scores, position }: { readonly scores: ArrayLike<number>; readonly position: number },
): Promise<void> {
  await db.createTable('profiled_segment', {
    number: { type: 'DOUBLE', values: Float64Array.from(scores) },
    code: { type: 'DOUBLE', values: code },
  });
  for (const [place, group] of groups.entries()) await db.run(addSegmentSql, { position, name: SEGMENT_NAME, attribute, group, place });
}

function statementFor(type: string): string {
  const storage = storageClass(type);
  if (storage === 'integer' || storage === 'float') return numbersSql;
  return storage === 'other' ? othersSql : levelsSql;
}
