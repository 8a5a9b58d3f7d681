import { join } from 'node:path';
import { sqlString } from '../../../pipeline/index.ts';
import { type FittedFamilyWork, nothingToFree } from '../family-encoder.ts';
import columnsSql from '../sql/peer_columns.sql';
import keysSql from '../sql/peer_keys.sql';
import mediansSql from '../sql/peer_medians.sql';

const FILE = 'peer_groups.parquet';

/** Differences from the medians of peers. No label has a part in them. */
export const peerGroups: FittedFamilyWork = {
  prepare: [keysSql],
  fit: async ({ db, stateDir }) => {
    await db.run(mediansSql);
    await db.copyToParquet('select * from peer_medians order by peer, name', join(stateDir, FILE));
  },
  open: async ({ stateDir }) => ({
    encode: async (db) => {
      await db.run(`create or replace temp table peer_medians as from read_parquet(${sqlString(join(stateDir, FILE))})`);
      await db.run(columnsSql);
    },
    ...nothingToFree,
  }),
};
