import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDb, type FloatMatrix, openXgboost, sqlString } from '../../../pipeline/index.ts';
import type { Calibrator, Decision } from '../../calibrate/stage.ts';
import { createPrng } from '../../metrics/prng.ts';
import type { ModelSummary } from '../../train/stage.ts';

/** Applicants whose log-odds of default are −2.8 + 1.1·score_a + 0.7·score_b; score_c is noise. Rows as a feature table has them. */
export interface Applicants {
  readonly id: Int32Array;
  readonly target: Uint8Array;
  readonly matrix: FloatMatrix;
}

const COLUMNS = ['score_a', 'score_b', 'score_c'] as const;

export function drawApplicants(rows: number, seed: number): Applicants {
  const prng = createPrng(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - prng.next())) * Math.cos(2 * Math.PI * prng.next());
  const data = Float32Array.from({ length: rows * 3 }, normal);
  const target = Uint8Array.from({ length: rows }, (_, row) => {
    const logOdds = -2.8 + 1.1 * (data[row * 3] ?? 0) + 0.7 * (data[row * 3 + 1] ?? 0);
    return prng.next() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  });
  return { id: Int32Array.from({ length: rows }, (_, row) => 100_001 + row), target, matrix: { rows, columns: [...COLUMNS], data } };
}

/** Writes applicants as the holdout (`open`) and as the raw application table with sex, age and type of loan. */
export async function writeApplicants(
  folder: string,
  { id, target, matrix }: Applicants,
): Promise<{ readonly holdout: string; readonly applications: string }> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: folder });
  const column = (at: number): Float32Array => Float32Array.from({ length: matrix.rows }, (_, row) => matrix.data[row * 3 + at] ?? 0);
  await db.createTable('rows', {
    SK_ID_CURR: { type: 'INTEGER', values: id },
    TARGET: { type: 'TINYINT', values: target },
    score_a: { type: 'FLOAT', values: column(0) },
    score_b: { type: 'FLOAT', values: column(1) },
    score_c: { type: 'FLOAT', values: column(2) },
  });
  const [holdout, applications] = [join(folder, 'holdout.parquet'), join(folder, 'applications.parquet')];
  await db.copyToParquet("select SK_ID_CURR, TARGET, 'train' as part, score_a, score_b, score_c from rows order by SK_ID_CURR", holdout);
  // Sex follows score_b a little, so that approvals differ by group.
  await db.copyToParquet(
    `select SK_ID_CURR, case when SK_ID_CURR % 400 = 0 then 'XNA' when score_b + (SK_ID_CURR % 7 - 3) > 0 then 'M' else 'F' end as CODE_GENDER,
       -(7500 + (SK_ID_CURR * 37) % 17000)::INTEGER as DAYS_BIRTH, case when SK_ID_CURR % 10 = 0 then 'Revolving loans' else 'Cash loans' end as NAME_CONTRACT_TYPE
     from rows order by SK_ID_CURR`,
    applications,
  );
  return { holdout, applications };
}

export interface TrainedModel {
  readonly model: string;
  readonly sha256: string;
  readonly summary: ModelSummary;
}

/** Trains a small booster on applicants. @param columns which of the three to see */
export async function trainModel(
  folder: string,
  { target, matrix }: Applicants,
  { rounds = 60, columns = COLUMNS }: { readonly rounds?: number; readonly columns?: readonly string[] } = {},
): Promise<TrainedModel> {
  const xgboost = openXgboost({ threads: 1 });
  const seen = columns.map((name) => matrix.columns.indexOf(name));
  const data = Float32Array.from(
    { length: matrix.rows * seen.length },
    (_, at) => matrix.data[Math.floor(at / seen.length) * 3 + (seen[at % seen.length] ?? 0)] ?? 0,
  );
  using rows = xgboost.matrix({ rows: matrix.rows, columns, data }, { label: Float32Array.from(target) });
  using booster = xgboost.booster({ objective: 'binary:logistic', eta: 0.1, max_depth: 2, seed: 1 }, [rows]);
  for (let round = 0; round < rounds; round++) booster.update(round, rows);
  const model = join(folder, 'model.ubj');
  booster.save(model);
  const positives = target.reduce((sum, value) => sum + value, 0);
  return {
    model,
    sha256: createHash('sha256')
      .update(await readFile(model))
      .digest('hex'),
    summary: {
      trainer: 'xgboost',
      format: 'xgboost-ubj',
      library: 'xgboost',
      libraryVersion: xgboost.version,
      features: [...columns],
      prohibited: ['SEX'],
      rounds,
      classWeight: 'none',
      positiveWeight: 1,
      baseRate: positives / matrix.rows,
      rows: matrix.rows,
      positives,
      folds: [{ fold: 0, rows: 10, positives: 2, auc: 0.7, rounds }],
      parameters: { eta: 0.1, max_depth: 2 },
    },
  };
}

export const decision: Decision = {
  costFalseNegative: 10,
  costFalsePositive: 1,
  threshold: 1 / 11,
  thresholdFromData: { value: 0.1, lo: 0.08, hi: 0.12, regretOfCostThreshold: 0.001 },
};

/** A folder as the champion stage leaves it. */
export async function championFolder(
  { model, summary }: TrainedModel,
  { calibrator = { method: 'none' }, own = decision }: { readonly calibrator?: Calibrator; readonly own?: Decision } = {},
): Promise<string> {
  const folder = await freshFolder();
  await writeFile(join(folder, 'model.ubj'), await readFile(model));
  for (const [name, value] of Object.entries({ summary, calibrator, decision: own }))
    await writeFile(join(folder, `${name}.json`), JSON.stringify(value));
  return folder;
}

export function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sluice-small-world-'));
}

/** A Parquet file's rows, in file order. */
export async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: await freshFolder() });
  return await db.all(`select * from read_parquet(${sqlString(path)})`);
}
