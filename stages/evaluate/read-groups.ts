import type { DuckDb } from '../../pipeline/index.ts';
import groupsSql from './groups.sql';

/** Attribute to the group of each holdout row, by SK_ID_CURR. Needs the views holdout and applications. */
export async function readGroups(db: DuckDb): Promise<Readonly<Record<'sex' | 'age' | 'loan', readonly string[]>>> {
  const rows = await db.all<{ sex: string; age: string; loan: string }>(groupsSql);
  return { sex: rows.map(({ sex }) => sex), age: rows.map(({ age }) => age), loan: rows.map(({ loan }) => loan) };
}
