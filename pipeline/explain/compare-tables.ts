import { DuckDb } from '../native/duckdb/duckdb.ts';
import { sqlName } from '../native/duckdb/literals.ts';
import type { StoredArtifact } from '../store/manifest.ts';
import type { TableChange } from './table-changes.ts';

/** A version of a table; the path is null where its bytes are no longer in the store. */
export interface TableVersion {
  readonly artifact: Pick<StoredArtifact, 'rows' | 'columns'>;
  readonly path: string | null;
}

/** Columns that one query hashes. */
const AT_ONCE = 100;

/** Compares two versions of a table: by schema always, by content of each column where both files are there. */
export async function compareTables(before: TableVersion, after: TableVersion, tempDir: string): Promise<TableChange> {
  const [old, now] = [before.artifact.columns ?? {}, after.artifact.columns ?? {}];
  const common = Object.keys(now).filter((column) => Object.hasOwn(old, column));
  const content = before.path === null || after.path === null ? null : await compareContent([before.path, after.path], common, tempDir);
  return {
    rows: [before.artifact.rows ?? null, after.artifact.rows ?? null],
    added: Object.keys(now).filter((column) => !Object.hasOwn(old, column)),
    removed: Object.keys(old).filter((column) => !Object.hasOwn(now, column)),
    retyped: common.flatMap((column) =>
      old[column] === now[column] ? [] : [{ column, before: old[column] ?? '', after: now[column] ?? '' }],
    ),
    changed: content?.changed ?? null,
    reordered: content?.reordered ?? false,
  };
}

interface ColumnDigest {
  /** Of the values, whatever their order; and of each value at its row. */
  readonly values: string;
  readonly places: string;
}

async function compareContent(
  paths: readonly [string, string],
  columns: readonly string[],
  tempDir: string,
): Promise<{ readonly changed: readonly string[]; readonly reordered: boolean }> {
  using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir });
  const [old, now] = [await columnDigests(db, paths[0], columns), await columnDigests(db, paths[1], columns)];
  const differing = columns.filter((_, index) => old[index]?.places !== now[index]?.places);
  const changed = columns.filter((_, index) => old[index]?.values !== now[index]?.values);
  return changed.length === 0 && differing.length > 0 ? { changed: [], reordered: true } : { changed: differing, reordered: false };
}

async function columnDigests(db: DuckDb, path: string, columns: readonly string[]): Promise<readonly ColumnDigest[]> {
  const digests: ColumnDigest[] = [];
  for (let from = 0; from < columns.length; from += AT_ONCE) {
    const part = columns.slice(from, from + AT_ONCE);
    const wanted = part.flatMap((column, index) => [
      `sum(hash(${sqlName(column)})::hugeint)::varchar as v${index}`,
      `sum(hash(${sqlName(column)}, file_row_number)::hugeint)::varchar as p${index}`,
    ]);
    const row = await db.one(`select ${wanted.join(', ')} from read_parquet($path, file_row_number = true)`, { path });
    digests.push(...part.map((_, index) => ({ values: String(row[`v${index}`]), places: String(row[`p${index}`]) })));
  }
  return digests;
}
