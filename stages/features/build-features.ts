import type { DuckDb } from '../../pipeline/index.ts';
import { featureQueries, preparation } from './feature-queries.ts';

/**
 * Makes the temporary tables `<group>_features` from views named as the eight raw tables. Serves the whole book and one applicant
 * alike: a client's features depend on that client's rows only.
 * @param onGroup called before each group, for progress
 */
export async function buildFeatures(db: DuckDb, onGroup: (group: string, done: number, total: number) => void = () => {}): Promise<void> {
  for (const statement of preparation) await db.run(statement);
  const groups = Object.entries(featureQueries);
  for (const [index, [group, query]] of groups.entries()) {
    onGroup(group, index, groups.length);
    await db.run(`create or replace temp table ${group}_features as ${query}`);
  }
}
