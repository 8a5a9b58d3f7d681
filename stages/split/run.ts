import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { assignFolds } from './assign-folds.ts';
import { requireEveryClass } from './require-every-class.ts';
import development from './sql/development.sql';
import holdout from './sql/holdout.sql';
import type { split } from './stage.ts';

const run: StageBody<typeof split> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, log }) => {
  using db = await DuckDb.open({ threads, memoryMb, tempDir });
  await db.view('features', inputs.table.path);
  const { folds, holdoutShare, seed } = params;
  await assignFolds(db, { folds, holdoutShare, seed, foldSeed: params.foldSeed ?? seed });
  await requireEveryClass(db, folds);
  await db.copyToParquet('select * from folds order by SK_ID_CURR', outputs.folds.path);
  await db.copyToParquet(development, outputs.development.path);
  await db.copyToParquet(holdout, outputs.holdout.path);
  const { held, all } = await db.one<{ held: number; all: number }>(
    'select count(*) filter (where fold = -1) as held, count(*) as "all" from folds',
  );
  log.info(`${held} clients held out, ${all - held} dealt into ${folds} folds`);
};
export default run;
