import { type DuckDb, type FloatMatrix, sqlName } from '../../../pipeline/index.ts';
import type { Dataset } from '../dataset-section.ts';
import { datasetFeatures } from '../features/column-features.ts';
import type { Form } from './search.ts';

interface FeatureNames {
  readonly dataset: Dataset;
  readonly categories: 'columns' | 'codes';
  /** The model's, in its order. */
  readonly names: readonly string[];
}

/** The model's features of forms, by the features' own SQL, one row a form in their order. */
export async function variantMatrix(
  db: DuckDb,
  forms: readonly Form[],
  { dataset, categories, names }: FeatureNames,
): Promise<FloatMatrix> {
  const columns = Object.entries(dataset.columns).map(([name, { kind }]) => {
    const values = forms.map((form) => form[name] ?? null);
    return kind === 'number'
      ? ([name, { type: 'DOUBLE', values: values.map((value) => (value === null ? null : Number(value))) }] as const)
      : ([name, { type: 'VARCHAR', values: values.map((value) => (value === null ? null : String(value))) }] as const);
  });
  await db.run('drop table if exists variants');
  await db.createTable('variants', {
    variant: { type: 'INTEGER', values: Int32Array.from({ length: forms.length }, (_, at) => at) },
    ...Object.fromEntries(columns),
  });
  const sql = new Map(datasetFeatures(dataset, categories).map((feature) => [feature.entry.name, feature.sql]));
  const select = names.map((name) => `(${sql.get(name) ?? 'null'})::float as ${sqlName(name)}`);
  return await db.matrix(`select ${select.join(', ')} from variants order by variant`);
}
