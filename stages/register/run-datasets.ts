import { relative } from 'node:path';
import type { DatasetFacts } from './compare/champion-run.ts';
import type { TableInput, TrackedDataset } from '../../pipeline/index.ts';

export interface DatasetInputs {
  readonly development: TableInput;
  readonly holdout: TableInput;
  readonly applicationTrain: TableInput;
  readonly applicationTest: TableInput;
}

/** MLflow holds 36 characters of a digest; the whole one is in the tag `sluice.sha256`. */
const DIGEST_LENGTH = 36;

const CONTEXTS = { development: 'training', holdout: 'validation', application_train: 'reference', application_test: 'current' } as const;

/** The tables behind the run. Each has a name of its own: MLflow drops a second dataset of the same name and digest. */
export function runDatasets(inputs: DatasetInputs, projectDir: string): readonly TrackedDataset[] {
  const tables = {
    development: inputs.development,
    holdout: inputs.holdout,
    application_train: inputs.applicationTrain,
    application_test: inputs.applicationTest,
  };
  return Object.entries(CONTEXTS).map(([name, context]) => {
    const table = tables[name as keyof typeof tables];
    return {
      name,
      digest: shortDigest(table.digest),
      context,
      source: { uri: relative(projectDir, table.path) },
      columns: Object.entries(table.columns).map(([column, type]) => ({ name: column, type: colspecType(type) })),
      profile: { num_rows: table.rows, num_elements: table.rows * Object.keys(table.columns).length },
      tags: { 'sluice.sha256': table.digest },
    };
  });
}

/** The same as the compare page reads it of another run. */
export function datasetFacts(datasets: readonly TrackedDataset[]): readonly DatasetFacts[] {
  return datasets.map(({ name, digest, profile, columns, tags }) => ({
    name,
    digest: tags['sluice.sha256'] ?? digest,
    rows: typeof profile['num_rows'] === 'number' ? profile['num_rows'] : null,
    columns: Object.fromEntries(columns.map((column) => [column.name, column.type])),
  }));
}

export function shortDigest(digest: string): string {
  return digest.slice(0, DIGEST_LENGTH);
}

/** DuckDB's type in MLflow's column specification. */
function colspecType(type: string): string {
  if (/^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT)$/.test(type)) return 'integer';
  if (/^(BIGINT|UINTEGER|UBIGINT|HUGEINT)$/.test(type)) return 'long';
  if (type === 'FLOAT') return 'float';
  if (type === 'DOUBLE' || type.startsWith('DECIMAL')) return 'double';
  if (type === 'BOOLEAN') return 'boolean';
  return /^(DATE|TIMESTAMP)/.test(type) ? 'datetime' : 'string';
}
