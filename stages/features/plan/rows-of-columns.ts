import type { ColumnData } from '../../../pipeline/index.ts';
import type { Row } from './values.ts';

/** Columns of one length as the rows that a table of DuckDB would hold: NaN is null there. */
export function rowsOfColumns(columns: Readonly<Record<string, ColumnData>>): readonly Row[] {
  const values = Object.values(columns).map((column) => column.values);
  return Array.from({ length: values[0]?.length ?? 0 }, (_, at) =>
    values.map((column) => {
      const value = column[at] ?? null;
      return typeof value === 'number' && Number.isNaN(value) ? null : value;
    }),
  );
}
