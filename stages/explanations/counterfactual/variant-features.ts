import { join } from 'node:path';
import { type DuckDb, type FloatMatrix, sqlName } from '../../../pipeline/index.ts';
import { READ_BY_FITTED } from '../../encode/read-by-fitted.ts';
import { buildGroups } from '../../features/build-groups.ts';
import { coreQueries, familyQueries } from '../../features/feature-queries.ts';
import type { FittedVariants } from './fitted-variants.ts';
import type { Variant } from './loan-terms.ts';
import variantApplicationSql from './sql/variant-application.sql';

/** The queries that read the application form, in the order in which they read each other. Everything else is history and stays. */
const LOAN_QUERIES = {
  application: coreQueries.application,
  combined: coreQueries.combined,
  application_detail: familyQueries.application_detail,
  history_ratios: familyQueries.history_ratios,
} as const;
const HISTORY = Object.keys(coreQueries).filter((name) => !Object.hasOwn(LOAN_QUERIES, name));

/**
 * Makes a database with the eight raw tables of some clients ready for {@link variantFeatures}: their history is aggregated once.
 * Takes over the names `application` and `<query>_features`.
 */
export async function prepareVariants(db: DuckDb): Promise<void> {
  await buildGroups(db, ['application_detail', 'history_ratios']);
  await db.run('create or replace temp table client_application as select * from application');
  await db.run('drop view application');
  for (const name of HISTORY) await db.run(`alter table ${sqlName(`${name}_features`)} rename to ${sqlName(`client_${name}_features`)}`);
}

export interface VariantSource {
  /** After {@link prepareVariants}. */
  readonly db: DuckDb;
  /** Where the model has columns fitted on the book. */
  readonly fitted: FittedVariants | null;
  readonly tempDir: string;
}

/**
 * The features that depend on the loan, by the program that makes the whole book's: a row a variant in the order given, of the columns
 * among `features` that the form has a part in.
 */
export async function variantFeatures(
  { db, fitted, tempDir }: VariantSource,
  variants: readonly Variant[],
  features: readonly string[],
): Promise<FloatMatrix> {
  await makeVariants(db, variants);
  const wanted = new Set(features);
  const columns: string[] = [];
  for (const [name, query] of Object.entries(LOAN_QUERIES)) {
    await db.run(`create or replace temp table ${sqlName(`${name}_features`)} as ${query}`);
    const made = await db.all<{ column_name: string }>(`describe ${sqlName(`${name}_features`)}`);
    columns.push(...made.map(({ column_name }) => column_name).filter((column) => wanted.has(column)));
  }
  const own = await readColumns(db, columns);
  if (fitted === null) return own;
  const forms = join(tempDir, 'variants.parquet');
  await db.copyToParquet('select * from application order by SK_ID_CURR', forms);
  return beside(own, await fitted.of(forms, await readColumns(db, READ_BY_FITTED), wanted));
}

/** The variants as applicants, each with the history of its client. */
async function makeVariants(db: DuckDb, variants: readonly Variant[]): Promise<void> {
  const amounts = (of: (variant: Variant) => number | null): { type: 'DOUBLE'; values: (number | null)[] } => ({
    type: 'DOUBLE',
    values: variants.map(of),
  });
  await db.createTable('variants', {
    variant: { type: 'INTEGER', values: Int32Array.from(variants, (_, index) => index) },
    SK_ID_CURR: { type: 'INTEGER', values: Int32Array.from(variants, ({ client }) => client) },
    AMT_CREDIT: amounts(({ terms }) => terms.credit),
    AMT_ANNUITY: amounts(({ terms }) => terms.annuity),
    AMT_GOODS_PRICE: amounts(({ terms }) => terms.goods),
  });
  await db.run(variantApplicationSql);
  for (const name of HISTORY) {
    const [view, client] = [sqlName(`${name}_features`), sqlName(`client_${name}_features`)];
    await db.run(
      `create or replace temp view ${view} as select variants.variant as SK_ID_CURR, ${client}.* exclude (SK_ID_CURR) from variants join ${client} using (SK_ID_CURR)`,
    );
  }
}

/** Columns of the tables of {@link LOAN_QUERIES}, as they are stored. */
function readColumns(db: DuckDb, columns: readonly string[]): Promise<FloatMatrix> {
  const [first = '', ...others] = Object.keys(LOAN_QUERIES).map((name) => sqlName(`${name}_features`));
  const joins = others.map((table) => `join ${table} using (SK_ID_CURR)`).join(' ');
  const list = columns.map((column) => `feature(${sqlName(column)}) as ${sqlName(column)}`).join(', ');
  return db.matrix(`select ${list} from ${first} ${joins} order by SK_ID_CURR`);
}

function beside(left: FloatMatrix, right: FloatMatrix): FloatMatrix {
  const [a, b] = [left.columns.length, right.columns.length];
  const data = new Float32Array(left.rows * (a + b));
  for (let row = 0; row < left.rows; row++) {
    data.set(left.data.subarray(row * a, (row + 1) * a), row * (a + b));
    data.set(right.data.subarray(row * b, (row + 1) * b), row * (a + b) + a);
  }
  return { rows: left.rows, columns: [...left.columns, ...right.columns], data };
}
