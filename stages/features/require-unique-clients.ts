import { SluiceError, type DuckDb } from '../../pipeline/index.ts';
import duplicates from './sql/duplicates.sql';

/** @throws SluiceError DATA_DUPLICATE_KEY when a client is in the application tables twice: each of its features would be too */
export async function requireUniqueClients(db: DuckDb): Promise<void> {
  const [first] = await db.all<{ client: number; rows: number; clients: number }>(duplicates);
  if (first === undefined) return;
  const where = 'in application_train and application_test together';
  throw new SluiceError(
    'DATA_DUPLICATE_KEY',
    `SK_ID_CURR ${first.client} has ${first.rows} rows ${where} (${first.clients} such clients)`,
    {
      hint: 'Keep one row a client: a client is either labelled (train) or not (test).',
      data: first,
    },
  );
}
