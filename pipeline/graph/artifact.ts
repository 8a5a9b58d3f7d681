import type { z } from 'zod';

/** A DuckDB type as it stands in `describe`: INTEGER, BIGINT, FLOAT, DOUBLE, VARCHAR, BOOLEAN, TINYINT, … */
export type ColumnType = string;
export type ColumnSchema = Readonly<Record<string, ColumnType>>;

export type ArtifactKind = 'table' | 'json' | 'file' | 'directory' | 'metrics' | 'report';

interface SpecBase<TKind extends ArtifactKind> {
  readonly kind: TKind;
  readonly mediaType: string;
  /** File extension in the store and in exports, with its dot; empty for a directory. */
  readonly extension: string;
}

/** A Parquet file. The columns named must be there with these types; more are allowed where `open` is set. */
export interface TableSpec<TColumns extends ColumnSchema = ColumnSchema, TOpen extends boolean = boolean> extends SpecBase<'table'> {
  readonly columns: TColumns;
  readonly open: TOpen;
}
export interface JsonSpec<T = unknown> extends SpecBase<'json'> {
  readonly schema: z.ZodType<T>;
}
export type FileSpec = SpecBase<'file'>;
export type DirectorySpec = SpecBase<'directory'>;
/** Points of (name, value, step), stored as JSON lines. */
export type MetricsSpec = SpecBase<'metrics'>;
/** One self-contained HTML page. */
export type ReportSpec = SpecBase<'report'>;

export type ArtifactSpec = TableSpec | JsonSpec | FileSpec | DirectorySpec | MetricsSpec | ReportSpec;

/** Makers of the artifact kinds that a stage may declare as outputs. */
export const artifact = {
  table: <const TColumns extends ColumnSchema = ColumnSchema, const TOpen extends boolean = false>(
    columns?: TColumns,
    options: { open?: TOpen } = {},
  ): TableSpec<TColumns, TOpen> => ({
    kind: 'table',
    mediaType: 'application/vnd.apache.parquet',
    extension: '.parquet',
    columns: columns ?? ({} as TColumns),
    // A table of which no column is declared may hold any.
    open: (options.open ?? Object.keys(columns ?? {}).length === 0) as TOpen,
  }),
  json: <T>(schema: z.ZodType<T>): JsonSpec<T> => ({ kind: 'json', mediaType: 'application/json', extension: '.json', schema }),
  file: (options: { mediaType: string; extension: string }): FileSpec => ({ kind: 'file', ...options }),
  directory: (): DirectorySpec => ({ kind: 'directory', mediaType: 'application/vnd.sluice.directory', extension: '' }),
  metrics: (): MetricsSpec => ({ kind: 'metrics', mediaType: 'application/x-ndjson', extension: '.ndjson' }),
  report: (): ReportSpec => ({ kind: 'report', mediaType: 'text/html', extension: '.html' }),
};

export interface MetricPoint {
  readonly name: string;
  readonly value: number;
  /** Boosting round, epoch or batch; 0 where the metric has a single value. */
  readonly step: number;
}
