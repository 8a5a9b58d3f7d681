import { type DuckDb, type FloatMatrix, type InputExample, sqlName } from '../../pipeline/index.ts';

/** Rows in the model's input example. */
const EXAMPLE_ROWS = 5;
/** Holdout rows whose inputs go along with their predictions, so that a reviewer can score them again. */
const SAMPLE_ROWS = 1000;

/** The first rows of the model's matrix, null for NaN. */
export function inputExample({ rows, data }: FloatMatrix, features: readonly string[]): InputExample {
  const width = features.length;
  const values = Array.from({ length: Math.min(EXAMPLE_ROWS, rows) }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width), (value) => (Number.isNaN(value) ? null : value)),
  );
  return { columns: features, rows: values };
}

/** SK_ID_CURR and the model's inputs of the first holdout rows, as Parquet. Needs a view `holdout`. */
export async function writeHoldoutSample(db: DuckDb, features: readonly string[], path: string): Promise<void> {
  await db.copyToParquet(
    `select SK_ID_CURR, ${features.map(sqlName).join(', ')} from holdout order by SK_ID_CURR limit ${SAMPLE_ROWS}`,
    path,
  );
}
