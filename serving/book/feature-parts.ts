import { type DuckDb, type FloatMatrix, openXgboost, sqlName } from '../../pipeline/index.ts';
import { openEncoders } from '../../stages/encode/encode-clients.ts';
import { encodeUnseen, type FittedState } from '../../stages/encode/encode-unseen.ts';
import { readStateFamilies } from '../../stages/encode/state-families.ts';
import { type BookPart, bookParts, PartViews } from '../../stages/features/book-parts.ts';
import { buildFeatures } from '../../stages/features/build-features.ts';
import { readFeatureMatrix } from '../../stages/scoring/score-rows.ts';
import { fittedStateOf } from '../scorer/fitted-state.ts';
import { neededFamilies } from '../scorer/needed-families.ts';
import type { TableName } from '../../stages/tables/table-names.ts';

/** Clients whose features are made at a time. */
export const CLIENTS_AT_ONCE = 8192;

export interface FeaturePartsOptions {
  /** Parquet files of the raw tables, which are views of the database too. */
  readonly paths: Readonly<Record<TableName, string>>;
  /** Of the model, in its order. */
  readonly features: readonly string[];
  /** Where the model's files lie: fitted columns are made by its own state. */
  readonly modelFolder: string;
  readonly projectDir: string;
  readonly threads: number;
  readonly clientsAtOnce?: number;
  /** Parts that are done already are not made again. */
  readonly wanted?: (part: BookPart, index: number) => boolean;
}

export interface FeaturePart {
  readonly index: number;
  readonly parts: number;
  readonly ids: Int32Array;
  /** Rows by SK_ID_CURR. */
  readonly matrix: FloatMatrix;
}

/**
 * A model's input for everybody in the raw tables, some clients at a time, by SK_ID_CURR: bit for bit what one applicant's raw rows give,
 * for a client's row depends on that client's raw rows and the fitted state only. Nobody here has a part in that state.
 */
export async function* featureParts(db: DuckDb, options: FeaturePartsOptions): AsyncGenerator<FeaturePart> {
  const parts = await bookParts(db, options.clientsAtOnce ?? CLIENTS_AT_ONCE);
  const views = await PartViews.open(db, options.paths, parts);
  const families = neededFamilies(options.features);
  using state = await openState(db, options);
  for (const [index, part] of parts.entries()) {
    if (options.wanted?.(part, index) === false) continue;
    await views.show(part, index);
    await buildFeatures(db, { families });
    await db.run('create or replace temp table unseen as from all_features');
    if (state !== null) {
      await encodeUnseen(db, state);
      await db.run(`create or replace temp view model_input as ${await besideFitted(db)}`);
    } else await db.run('create or replace temp view model_input as from unseen');
    const matrix = await readFeatureMatrix(db, 'model_input', options.features);
    const ids = Int32Array.from(await db.column('select SK_ID_CURR from unseen order by SK_ID_CURR'));
    yield { index, parts: parts.length, ids, matrix };
  }
}

async function openState(
  db: DuckDb,
  { modelFolder, projectDir, threads }: FeaturePartsOptions,
): Promise<(FittedState & Disposable) | null> {
  const stateDir = fittedStateOf(modelFolder);
  if (stateDir === null) return null;
  const families = await readStateFamilies(stateDir);
  const encoder = await openEncoders({ db, xgboost: openXgboost({ projectDir, threads }), stateDir }, families);
  return { families, encoder, [Symbol.dispose]: () => encoder[Symbol.dispose]() };
}

/** Features of the client's own rows, and fitted columns in place of any of the same name. */
async function besideFitted(db: DuckDb): Promise<string> {
  const fitted = new Set((await columnsOf(db, 'fitted_columns')).filter((name) => name !== 'SK_ID_CURR'));
  const own = (await columnsOf(db, 'unseen')).filter((name) => !fitted.has(name));
  return `select ${own.map((name) => `unseen.${sqlName(name)}`).join(', ')}, fitted_columns.* exclude (SK_ID_CURR)
    from unseen join fitted_columns using (SK_ID_CURR)`;
}

async function columnsOf(db: DuckDb, view: string): Promise<readonly string[]> {
  return (await db.all<{ column_name: string }>(`describe ${sqlName(view)}`)).map(({ column_name: name }) => name);
}
