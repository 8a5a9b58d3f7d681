import { DuckDb, openXgboost, type StageBody } from '../../pipeline/index.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { fittedCatalogueOf } from './catalogue/fitted-catalogue.ts';
import { openEncoders } from './encode-clients.ts';
import { FITTED_FAMILIES } from './family-names.ts';
import { fittedFamilies } from './fitted-families.ts';
import { prepareClients } from './prepare-clients.ts';
import allUnseenSql from './sql/all_unseen.sql';
import developmentSql from './sql/development.sql';
import holdoutSql from './sql/holdout.sql';
import unseenSql from './sql/unseen.sql';
import type { encode } from './stage.ts';
import { writeStateFamilies } from './state-families.ts';

const run: StageBody<typeof encode> = async (context) => {
  const { inputs, params, outputs, threads, memoryMb, tempDir, signal, log, progress, run: work } = context;
  const families = FITTED_FAMILIES.filter((family) => !params.without.includes(family));
  // Half for DuckDB: matrices of rows and libxgboost need the rest.
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  for (const name of TABLE_NAMES) await db.view(name, inputs[name].path);
  await db.view('development', inputs.development.path);
  await db.view('holdout', inputs.holdout.path);
  await db.view('clients_features', inputs.table.path);
  await db.run(unseenSql);
  await prepareClients(db, families);
  const xgboost = openXgboost({ projectDir: work.projectDir, threads });
  const state = { db, xgboost, stateDir: outputs.state.path };
  const { neighbours, rounds, seed } = params;
  for (const [index, family] of families.entries()) {
    progress(index, families.length + 1, family);
    await fittedFamilies[family].fit({ ...state, neighbours, rounds, seed, signal });
  }
  await writeStateFamilies(outputs.state.path, families);
  {
    using encoders = await openEncoders(state, families);
    await encoders.encode(db);
  }
  await db.copyToParquet(developmentSql, outputs.development.path);
  await db.copyToParquet(holdoutSql, outputs.holdout.path);
  await db.copyToParquet(allUnseenSql, outputs.unseen.path);
  const fitted = fittedCatalogueOf(families);
  await outputs.catalogue.write([...(await inputs.catalogue.read()), ...fitted]);
  log.info(`${fitted.length} columns fitted on ${inputs.development.rows} clients`);
};
export default run;
