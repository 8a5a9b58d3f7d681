import { DuckDb, sqlString, type StageBody } from '../../pipeline/index.ts';
import { perTable } from '../tables/per-table.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { buildInParts } from './build-in-parts.ts';
import { requireUniqueClients } from './require-unique-clients.ts';
import { catalogueOf } from './catalogue/all-features.ts';
import { CHOSEN_FAMILIES, FAMILY_NAMES } from './family-names.ts';
import type { features } from './stage.ts';

/** Share of the stage's memory that DuckDB may take; the rest is for Node and for what DuckDB does not count. */
const DUCKDB_SHARE = 0.75;

const run: StageBody<typeof features> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, log, progress }) => {
  const limits = { threads, memoryMb: memoryMb * DUCKDB_SHARE, tempDir };
  using db = await DuckDb.open(limits);
  for (const name of TABLE_NAMES) await db.view(name, inputs[name].path);
  await requireUniqueClients(db);
  const { without } = params;
  const usual = FAMILY_NAMES.filter((name) => !without.includes(name));
  const families = params.categories ? [...usual, ...CHOSEN_FAMILIES] : usual;
  const paths = perTable((name) => inputs[name].path);
  await buildInParts(db, { ...limits, paths, families, onDomain: progress, out: outputs.table.path });
  const catalogue = catalogueOf(families);
  await outputs.catalogue.write([...catalogue]);
  const { clients } = await db.one<{ clients: number }>(`select count(*) as clients from read_parquet(${sqlString(outputs.table.path)})`);
  log.info(`${catalogue.length} features of ${clients} clients`);
};
export default run;
