import type { ColumnData } from '../../../pipeline/index.ts';
import type { FeatureRow } from '../../features/applicant-features.ts';
import { rawColumns, type RawRows } from '../../features/raw-columns.ts';
import { perTable } from '../../tables/per-table.ts';
import type { TableName } from '../../tables/table-names.ts';
import { READ_BY_FITTED } from '../read-by-fitted.ts';

/** What the fitted columns of applicants are made of: their raw tables, and what was made of those. */
export type ApplicantTables = Readonly<Record<TableName | 'unseen', Readonly<Record<string, ColumnData>>>>;

/** @throws SluiceError DATA_BAD_VALUE for a column or value that a raw table cannot hold */
export function applicantTables(rows: RawRows, features: readonly FeatureRow[]): ApplicantTables {
  const numbers = (name: string): readonly (number | null)[] =>
    features.map((row) => {
      const value = row[name];
      return typeof value === 'number' ? value : null;
    });
  const known = READ_BY_FITTED.map((name) => [name, { type: 'FLOAT' as const, values: numbers(name) }] as const);
  return {
    ...perTable((name) => rawColumns(name, rows[name] ?? [])),
    unseen: { SK_ID_CURR: { type: 'INTEGER', values: numbers('SK_ID_CURR') }, ...Object.fromEntries(known) },
  };
}
