import type { EncodeDb, FamilyEncoder } from './family-encoder.ts';
import type { FittedFamily } from './family-names.ts';
import { prepareClients } from './prepare-clients.ts';
import nobodySql from './sql/nobody.sql';

export interface FittedState {
  readonly families: readonly FittedFamily[];
  readonly encoder: FamilyEncoder;
}

/**
 * Makes the view `fitted_columns` (SK_ID_CURR, then every fitted column as FLOAT) of clients who had no part in the state: those of the
 * table or view `unseen`, with raw tables of the usual names. Takes over the name `development`.
 */
export async function encodeUnseen(db: EncodeDb, { families, encoder }: FittedState): Promise<void> {
  await db.run(nobodySql);
  await prepareClients(db, families);
  await encoder.encode(db);
}
