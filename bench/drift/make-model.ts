/**
 * A folder for `sluice drift --model` on the parts of make-parts.mjs: 200 trees of depth 4 on the 104 numbers of each, fitted to 40,000 rows that default by what five columns
 * say, and as scores out of fold the parts' own `score`, which their outcomes follow. `node scripts/run-ts.mjs bench/drift/make-model.ts REFERENCE FOLDER`.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DuckDb, openXgboost, sqlName, sqlString } from '../../pipeline/index.ts';

const [TREES, DEPTH, FITTED] = [200, 4, 40_000];
const [reference = '', folder = ''] = process.argv.slice(2);

if (!existsSync(join(folder, 'oof.parquet'))) {
  mkdirSync(folder, { recursive: true });
  using db = await DuckDb.open({ threads: 2, memoryMb: 1000, tempDir: folder });
  await db.view('rows', reference);
  const columns = await db.all<{ column_name: string }>('describe rows');
  const features = columns.map((column) => column.column_name).filter((name) => /^(num|count|flag)_/.test(name));
  const first = `from rows where SK_ID_CURR < ${FITTED} order by SK_ID_CURR`;
  const matrix = await db.matrix(`select ${features.map(sqlName).join(', ')} ${first}`);
  const { label } = await db.doubles(
    `select (hash(SK_ID_CURR) % 1000 < 20 + 4 * num_0 + 8 * coalesce(num_1, 4) + 6 * coalesce(num_2, 9) + 15 * count_64 + 60 * flag_84)::double as label ${first}`,
  );
  if (label === undefined) throw new Error('no labels were read');
  const xgboost = openXgboost({ threads: 2 });
  using rows = xgboost.matrix(matrix, { label: Float32Array.from(label) });
  using booster = xgboost.booster({ objective: 'binary:logistic', tree_method: 'hist', max_depth: DEPTH, eta: 0.1, seed: 7 }, [rows]);
  for (let round = 0; round < TREES; round++) booster.update(round, rows);
  booster.save(join(folder, 'model.ubj'));
  const positives = label.reduce((sum, value) => sum + value, 0);
  const summary = {
    library: 'xgboost',
    libraryVersion: '3',
    features,
    prohibited: [],
    rounds: TREES,
    classWeight: 'none',
    positiveWeight: 1,
    baseRate: positives / FITTED,
    rows: FITTED,
    positives,
    folds: [],
    parameters: {},
  };
  const decision = {
    costFalseNegative: 10,
    costFalsePositive: 1,
    threshold: 1 / 11,
    thresholdFromData: { value: 0.1, lo: 0.05, hi: 0.15, regretOfCostThreshold: 0 },
  };
  for (const [name, content] of Object.entries({ summary, calibrator: { method: 'none' }, decision }))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  await db.run(`copy (select SK_ID_CURR, score as probability from rows) to ${sqlString(join(folder, 'oof.parquet'))} (format parquet)`);
}
