import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import { storageClass } from '../maths/column-kind.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../scan/scan-column.ts';
import emptySql from './empty-in-profile.sql';
import type { OpenedPart, OpenedParts } from './open-part.ts';

/**
 * A column without a single value has no type of its own: a CSV reader calls it text, pandas an integer or a double. It takes the
 * type of the other part, so that it is told as empty and not as changed.
 */
export async function settleTypes(db: DuckDb, { reference, current }: OpenedParts): Promise<OpenedParts> {
  const differing = Object.keys(reference.columns).filter((name) => {
    const [left, right] = [reference.columns[name], current.columns[name]];
    return left !== undefined && right !== undefined && storageClass(left) !== storageClass(right);
  });
  const [emptyThen, emptyNow] = [
    reference.form === 'profile'
      ? await emptyInProfile(db, reference.rows, differing)
      : await withoutValues(db, REFERENCE_ROWS, reference.rows, differing),
    await withoutValues(db, CURRENT_ROWS, current.rows, differing),
  ];
  // Empty in both, it keeps the reference's: were each to take the other's, they would differ again.
  const settled = retyped(current, emptyNow, reference);
  const onlyThen = emptyThen.filter((name) => !emptyNow.includes(name));
  return { reference: retyped(reference, onlyThen, current), current: settled };
}

async function withoutValues(db: DuckDb, view: string, rows: number, columns: readonly string[]): Promise<readonly string[]> {
  if (columns.length === 0 || rows === 0) return columns;
  const counts = columns.map((name, at) => `count(${sqlName(name)})::double as c${at}`).join(', ');
  const found = await db.one<Record<string, number>>(`select ${counts} from ${sqlName(view)}`);
  return columns.filter((_, at) => found[`c${at}`] === 0);
}

/** A profile counts the missing values of every column. */
async function emptyInProfile(db: DuckDb, rows: number, columns: readonly string[]): Promise<readonly string[]> {
  const found = await db.all<{ name: string }>(emptySql, { rows });
  const empty = new Set(found.map(({ name }) => name));
  return columns.filter((name) => empty.has(name));
}

function retyped(part: OpenedPart, empty: readonly string[], other: OpenedPart): OpenedPart {
  return { ...part, columns: { ...part.columns, ...Object.fromEntries(empty.map((name) => [name, other.columns[name] ?? 'VARCHAR'])) } };
}
