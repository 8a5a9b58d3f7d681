import type { DuckDb } from '../../../pipeline/index.ts';
import { type Groups, groupsOf, hasHomeCreditGroups, readGroups as readEvaluatedGroups } from '../../evaluate/read-groups.ts';
import { ASSESSED_ATTRIBUTES } from './attributes.ts';
import groupsSql from './groups.sql';

export type { Groups };

/**
 * The groups that evaluate judges, and of Home Credit's tables region, history and marital status too, by SK_ID_CURR. Needs the views holdout,
 * applications, bureau and previous.
 * @param columns of applications
 */
export async function readGroups(db: DuckDb, columns: readonly string[]): Promise<Groups> {
  const evaluated = await readEvaluatedGroups(db, columns);
  return hasHomeCreditGroups(columns) ? { ...evaluated, ...(await groupsOf(db, groupsSql, ASSESSED_ATTRIBUTES)) } : evaluated;
}
