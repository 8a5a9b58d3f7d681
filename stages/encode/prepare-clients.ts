import { asTable, preparation } from '../features/feature-queries.ts';
import { neededRows } from '../features/group-queries.ts';
import type { EncodeDb } from './family-encoder.ts';
import type { FittedFamily } from './family-names.ts';
import { fittedFamilies } from './fitted-families.ts';
import clientsSql from './sql/clients.sql';

/**
 * Makes `encoded_clients` and what the families read, of views or tables named as the eight raw tables, `development` (with fold) and `unseen`.
 */
export async function prepareClients(db: EncodeDb, families: readonly FittedFamily[]): Promise<void> {
  for (const statement of preparation) await db.run(statement);
  await db.run(clientsSql);
  const work = families.map((family) => fittedFamilies[family]);
  const queries = work.flatMap(({ prepare }) => prepare);
  const reads = work.flatMap(({ fitReads }) => fitReads ?? []);
  for (const rows of neededRows([...queries, ...reads])) await db.run(asTable(rows));
  for (const query of queries) await db.run(query);
}
