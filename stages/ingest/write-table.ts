import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import type { Table } from '../tables/table.ts';

/**
 * Writes the rows of `from` to Parquet in the table's order. Ties are broken by a hash of the whole row, so that the bytes do
 * not depend on the order of the input or on threads; rows that tie on that too are equal.
 * @param select one expression with its alias for each column of the table
 */
export async function writeTable(
  db: DuckDb,
  table: Table,
  rows: { readonly select: readonly string[]; readonly from: string; readonly path: string },
): Promise<number> {
  const order = table.sort.map((column) => `${sqlName(column)} nulls first`);
  const all = Object.keys(table.columns).map(sqlName);
  await db.copyToParquet(
    `select * from (select ${rows.select.join(', ')} from ${rows.from}) order by ${order.join(', ')}, hash(${all.join(', ')})`,
    rows.path,
  );
  return countRows(db, rows.path);
}

/** Rows of a Parquet file, from its footer. */
export async function countRows(db: DuckDb, path: string): Promise<number> {
  const { n } = await db.one<{ n: number }>('select num_rows n from parquet_file_metadata($path)', { path });
  return n;
}

/** Writes a table without rows. */
export async function writeEmptyTable(db: DuckDb, table: Table, path: string): Promise<void> {
  const select = Object.entries(table.columns).map(([name, { type }]) => `null::${type} as ${sqlName(name)}`);
  await db.copyToParquet(`select ${select.join(', ')} limit 0`, path);
}
