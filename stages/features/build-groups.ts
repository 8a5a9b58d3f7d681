import type { DuckDb } from '../../pipeline/index.ts';
import type { FamilyName } from './family-names.ts';
import { asTable, preparation } from './feature-queries.ts';
import { groupQueries, neededRows } from './group-queries.ts';

/** Makes a temporary table `<group>_features` of each group, of the clients who have rows there, not rounded to Float32 yet. */
export async function buildGroups(db: DuckDb, families: readonly FamilyName[]): Promise<void> {
  const groups = groupQueries(families);
  for (const statement of preparation) await db.run(statement);
  for (const made of [...neededRows(groups.map(({ query }) => query)), ...groups]) await db.run(asTable(made));
}
