/**
 * What goes wrong when a model is chosen by the numbers of its own training rows. Trains two models on the development clients of a run
 * and prints what each mistake claims beside what the untouched holdout says.
 *
 *   node scripts/run-ts.mjs experiments/wrong-numbers/wrong-numbers.ts "$(npx sluice path split.development)" "$(npx sluice path split.holdout)"
 *
 * Read docs/guides/wrong-numbers.md for what the mistakes are.
 */
import { tmpdir } from 'node:os';
import process from 'node:process';
import { DuckDb, openXgboost } from '../../pipeline/index.ts';
import { catalogue } from '../../stages/features/catalogue/all-features.ts';
import { readFeatureMatrix } from '../../stages/scoring/score-rows.ts';
import { comparisonTable } from './comparison-table.ts';
import { judgeModels, type Rows } from './judge-models.ts';

/** Sex and age stay out, as in the pipeline. */
const ALLOWED: ReadonlySet<string> = new Set(catalogue.filter(({ prohibited }) => !prohibited).map(({ name }) => name));

async function readRows(db: DuckDb, view: string, features: readonly string[]): Promise<Rows> {
  const matrix = await readFeatureMatrix(db, view, features);
  return { matrix, target: Uint8Array.from(await db.column(`select TARGET from ${view} order by SK_ID_CURR`)) };
}

const [development, holdout] = process.argv.slice(2);
if (development === undefined || holdout === undefined) {
  process.stderr.write(
    'Give two Parquet files, the development rows and the holdout of one run: `npx sluice run split`, then `npx sluice path split.development` and `npx sluice path split.holdout`.\n',
  );
  process.exit(2);
}
using db = await DuckDb.open({ threads: 2, memoryMb: 2048, tempDir: tmpdir() });
await db.view('development', development);
await db.view('holdout', holdout);
const columns = (await db.all<{ column_name: string }>('describe holdout')).map(({ column_name }) => column_name);
const features = columns.filter((name) => ALLOWED.has(name));
const judged = judgeModels(openXgboost({ threads: 2 }), {
  development: await readRows(db, 'development', features),
  holdout: await readRows(db, 'holdout', features),
});
process.stdout.write(comparisonTable(judged));
