import { sqlName } from '../../pipeline/index.ts';
import type { EncodeDb, FamilyEncoder, StateContext } from './family-encoder.ts';
import type { FittedFamily } from './family-names.ts';
import { fittedFamilies } from './fitted-families.ts';

/** Loads the state of these families. `encode` makes the view `fitted_columns` (SK_ID_CURR, then every fitted column as FLOAT) of `encoded_clients`. */
export async function openEncoders(state: StateContext, families: readonly FittedFamily[]): Promise<FamilyEncoder> {
  const encoders: FamilyEncoder[] = [];
  const dispose = (): void => encoders.forEach((encoder) => encoder[Symbol.dispose]());
  try {
    for (const family of families) encoders.push(await fittedFamilies[family].open(state));
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    encode: async (db) => {
      for (const encoder of encoders) await encoder.encode(db);
      await joinColumns(db, families);
    },
    [Symbol.dispose]: dispose,
  };
}

async function joinColumns(db: EncodeDb, families: readonly FittedFamily[]): Promise<void> {
  const joins = families.map((family) => {
    const table = sqlName(`fitted_${family}`);
    return `left join (select SK_ID_CURR, feature(columns(* exclude (SK_ID_CURR))) from ${table}) ${table} using (SK_ID_CURR)`;
  });
  await db.run(`create or replace temp view fitted_columns as
    select * from (select SK_ID_CURR from encoded_clients) ${joins.join(' ')}`);
}
