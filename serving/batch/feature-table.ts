import { didYouMean, type DuckDb, messageOf, SluiceError, sqlName, sqlString } from '../../pipeline/index.ts';
import { CLIENTS_AT_ONCE, type FeaturePart } from '../book/feature-parts.ts';

/** Columns of a Parquet or CSV file. @throws SluiceError DATA_MALFORMED where it cannot be read */
export async function fileColumns(db: DuckDb, file: string): Promise<readonly string[]> {
  try {
    const rows = await db.all<{ column_name: string }>(`describe from ${reader(file)}`);
    return rows.map(({ column_name: name }) => name);
  } catch (error) {
    throw new SluiceError('DATA_MALFORMED', `${file} cannot be read: ${messageOf(error)}`, { cause: error, at: { file } });
  }
}

/**
 * Reads a table of features as Float32 into `feature_table`. @throws SluiceError DATA_MISSING_COLUMN, DATA_BAD_VALUE for a text, an infinity
 * or an id that is none, DATA_DUPLICATE_KEY
 */
export async function readFeatureTable(db: DuckDb, file: string, features: readonly string[]): Promise<void> {
  const columns = await fileColumns(db, file);
  const missing = ['SK_ID_CURR', ...features].filter((name) => !columns.includes(name));
  const [first] = missing;
  if (first !== undefined)
    throw new SluiceError(
      'DATA_MISSING_COLUMN',
      `${file} lacks ${missing.length} columns that the model reads, "${first}" first.${didYouMean(first, columns)}`,
      {
        hint: 'Hand in a table with SK_ID_CURR and every feature of the model, or the folder of raw tables.',
        at: { file },
        data: { missing },
      },
    );
  try {
    const select = features.map((name) => `${sqlName(name)}::float as ${sqlName(name)}`);
    await db.run(
      `create or replace temp table feature_table as select SK_ID_CURR::integer as SK_ID_CURR, ${select.join(', ')} from ${reader(file)} order by 1`,
    );
  } catch (error) {
    throw new SluiceError('DATA_BAD_VALUE', `${file} has a value that is not a number: ${messageOf(error)}`, {
      cause: error,
      hint: 'Every column but SK_ID_CURR is a number or empty.',
      at: { file },
    });
  }
  await requireIds(db, file);
}

async function requireIds(db: DuckDb, file: string): Promise<void> {
  const { unknown } = await db.one<{ unknown: number }>('select count(*) as unknown from feature_table where SK_ID_CURR is null');
  if (unknown > 0)
    throw new SluiceError('DATA_BAD_VALUE', `${file}: ${unknown} rows have no SK_ID_CURR`, { hint: 'Give each row an id.', at: { file } });
  const [twice] = await db.all<{ id: number; n: number }>(
    'select SK_ID_CURR as id, count(*) as n from feature_table group by 1 having n > 1 order by 1 limit 1',
  );
  if (twice !== undefined)
    throw new SluiceError('DATA_DUPLICATE_KEY', `${file}: SK_ID_CURR ${twice.id} has ${twice.n} rows`, {
      hint: 'Keep one row an applicant.',
      at: { file },
    });
}

/** The rows of `feature_table`, some at a time, by SK_ID_CURR. @param wanted parts that are done already are not read */
export async function* featureRows(
  db: DuckDb,
  { file, features, wanted }: { readonly file: string; readonly features: readonly string[]; readonly wanted: (index: number) => boolean },
): AsyncGenerator<FeaturePart> {
  const { rows } = await db.one<{ rows: number }>('select count(*) as rows from feature_table');
  const parts = Math.ceil(rows / CLIENTS_AT_ONCE);
  for (let index = 0; index < parts; index++) {
    if (!wanted(index)) continue;
    const window = `order by SK_ID_CURR limit ${CLIENTS_AT_ONCE} offset ${index * CLIENTS_AT_ONCE}`;
    const matrix = await db.matrix(`select ${features.map(sqlName).join(', ')} from feature_table ${window}`);
    const infinite = matrix.data.findIndex((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY);
    if (infinite >= 0)
      throw new SluiceError('DATA_BAD_VALUE', `${file}: column "${features[infinite % features.length]}" has an infinite value`, {
        hint: 'Leave unknown values empty.',
        at: { file },
      });
    yield { index, parts, ids: Int32Array.from(await db.column(`select SK_ID_CURR from feature_table ${window}`)), matrix };
  }
}

function reader(file: string): string {
  return /\.parquet$/i.test(file) ? `read_parquet(${sqlString(file)})` : `read_csv(${sqlString(file)}, header = true, sample_size = -1)`;
}
