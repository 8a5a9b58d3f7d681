import { cleanedRows, preparation } from '../features/feature-queries.ts';
import type { EncodeDb } from './family-encoder.ts';
import type { FittedFamily } from './family-names.ts';
import { fittedFamilies } from './fitted-families.ts';
import clientsSql from './sql/clients.sql';
import termRowsSql from './sql/term_rows.sql';

/**
 * Makes `encoded_clients` and what the families read, of views or tables named as the eight raw tables, `development` (with fold) and `unseen`.
 */
export async function prepareClients(db: EncodeDb, families: readonly FittedFamily[]): Promise<void> {
  for (const statement of preparation) await db.run(statement);
  await db.run(clientsSql);
  const queries = families.flatMap((family) => fittedFamilies[family].prepare);
  for (const statement of neededRows([...queries, ...(families.includes('predicted_term') ? [termRowsSql] : [])])) await db.run(statement);
  for (const query of queries) await db.run(query);
}

/** Statements of the cleaned tables that the queries read, or that a table read by them reads, in their order. */
function neededRows(queries: readonly string[]): readonly string[] {
  const texts = [...queries];
  return cleanedRows
    .toReversed()
    .filter(({ table, statement }) => texts.some((text) => text.includes(table)) && texts.push(statement) > 0)
    .map(({ statement }) => statement)
    .toReversed();
}
