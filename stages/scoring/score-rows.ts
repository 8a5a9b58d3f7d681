import { SluiceError, didYouMean, sqlName, type DuckDb, type FloatMatrix } from '../../pipeline/index.ts';
import { applyCalibrator } from '../calibrate/apply-calibrator.ts';
import type { Calibrator } from '../calibrate/stage.ts';
import type { FittedModel, Prediction } from './model/fitted-model.ts';

/** What a model says of each row. */
export interface Scores extends Prediction {
  readonly calibrated: Float64Array;
}

/** Features that the table lacks; empty where it has them all. */
export function missingFeatures(features: readonly string[], columns: Readonly<Record<string, string>>): readonly string[] {
  return features.filter((feature) => !Object.hasOwn(columns, feature));
}

/**
 * The named features of a feature table as the model's matrix, rows by SK_ID_CURR, null as NaN.
 * @throws SluiceError DATA_MISSING_COLUMN for a feature that the table lacks
 */
export async function readFeatureMatrix(db: DuckDb, view: string, features: readonly string[]): Promise<FloatMatrix> {
  await requireFeatures(db, view, features);
  return db.matrix(`select ${features.map(sqlName).join(', ')} from ${sqlName(view)} order by SK_ID_CURR`);
}

/** @throws SluiceError DATA_MISSING_COLUMN for a feature that the table lacks */
export async function requireFeatures(db: DuckDb, view: string, features: readonly string[]): Promise<void> {
  const columns = (await db.all<{ column_name: string; column_type: string }>(`describe ${sqlName(view)}`)).map(
    (column) => column.column_name,
  );
  const missing = features.filter((feature) => !columns.includes(feature));
  const [first] = missing;
  if (first !== undefined) {
    throw new SluiceError(
      'DATA_MISSING_COLUMN',
      `the model needs ${missing.length} feature${missing.length === 1 ? '' : 's'} that table "${view}" lacks, "${first}" first.${didYouMean(first, columns)}`,
      {
        hint: 'Train the model again on the present features: `sluice run --from features`.',
        data: { missing },
      },
    );
  }
}

/** Scores a matrix with a model and its calibration. */
export function scoreRows(model: FittedModel, matrix: FloatMatrix, calibrator: Calibrator): Scores {
  const { margin, probability } = model.predict(matrix);
  return { margin, probability, calibrated: applyCalibrator(calibrator, probability) };
}
