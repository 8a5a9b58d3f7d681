import type { DuckDBConnection, DuckDBInstance, DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import { SluiceError } from '../../errors/sluice-error.ts';
import { sqlName, sqlString } from './literals.ts';
import { readColumn, readDoubles, readLists, type TakeArray } from './doubles.ts';
import { readMatrix, readMatrixBatches, type FloatMatrix } from './matrix.ts';
import { appendColumns, type ColumnData } from './append.ts';
import { PreparedQuery } from './prepared-query.ts';
import { messageOf } from '../../util/error-code.ts';
import { rowsOf, type SqlRow } from './rows-of.ts';

export type SqlValue = string | number | bigint | boolean | null;
export type SqlParams = Readonly<Record<string, SqlValue>>;
export type { SqlRow };

export interface DuckDbOptions {
  readonly threads: number;
  readonly memoryMb: number;
  /** Where DuckDB may spill. */
  readonly tempDir: string;
}

/**
 * One in-memory database with one connection: the only door to DuckDB. 64-bit integers come back as numbers
 * (they are counts and ids below 2^53 here); every failure is a SluiceError NATIVE_DUCKDB that carries the statement.
 */
export class DuckDb implements Disposable {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(options: DuckDbOptions): Promise<DuckDb> {
    // Loaded only now: it costs a quarter of a second of processor time, which whoever imports the library for its types would pay.
    const duckdb = await import('@duckdb/node-api');
    const instance = await duckdb.DuckDBInstance.create(':memory:', {
      threads: String(options.threads),
      memory_limit: `${Math.max(128, Math.floor(options.memoryMb))}MB`,
      temp_directory: options.tempDir,
      preserve_insertion_order: 'true',
      autoinstall_known_extensions: 'false',
    });
    return new DuckDb(instance, await instance.connect());
  }

  /** Runs one or several statements for their effect. Named parameters (`$name`) go with a single statement only. */
  async run(sql: string, params?: SqlParams): Promise<void> {
    await this.#guard(sql, () => this.#connection.run(sql, toValues(params)));
  }

  /** All rows of a query as objects. */
  async all<TRow extends SqlRow = SqlRow>(sql: string, params?: SqlParams): Promise<TRow[]> {
    const reader = await this.#guard(sql, () => this.#connection.runAndReadAll(sql, toValues(params)));
    return rowsOf<TRow>(reader);
  }

  /** The single row of a query. @throws SluiceError NATIVE_DUCKDB when there is not exactly one */
  async one<TRow extends SqlRow = SqlRow>(sql: string, params?: SqlParams): Promise<TRow> {
    const rows = await this.all<TRow>(sql, params);
    const [row] = rows;
    if (row === undefined || rows.length > 1)
      throw new SluiceError('NATIVE_DUCKDB', `expected one row, got ${rows.length}`, { data: { sql: sql.slice(0, 500) } });
    return row;
  }

  /** Names a Parquet file so that SQL can say `from name`. */
  async view(name: string, parquetPath: string): Promise<void> {
    await this.run(`create or replace view ${sqlName(name)} as select * from read_parquet(${sqlString(parquetPath)})`);
  }

  /**
   * Writes a wide table of Float32 as {@link copyToParquet} does, in half the processor time and the same size: no dictionaries, which
   * floats rarely repay, the fastest level of zstd, and row groups of 32,768 rows, so that a thousand columns of one fit in memory.
   */
  async copyWideToParquet(query: string, path: string): Promise<void> {
    const how = 'format parquet, compression zstd, compression_level 1, dictionary_size_limit 1, row_group_size 32768';
    await this.run(`copy (${query}) to ${sqlString(path)} (${how})`);
  }

  /** Writes a query's rows, in the query's order, to one Parquet file. */
  async copyToParquet(query: string, path: string, params?: SqlParams): Promise<void> {
    await this.run(`copy (${query}) to ${sqlString(path)} (format parquet, compression zstd)`, params);
  }

  /** A query's columns as one row-major Float32 matrix; null becomes NaN, booleans 0 and 1. @param expectedRows where they are known, memory is taken once */
  async matrix(sql: string, params?: SqlParams, expectedRows?: number): Promise<FloatMatrix> {
    const result = await this.#guard(sql, () => this.#connection.stream(sql, toValues(params)));
    return this.#guard(sql, () => readMatrix(result, expectedRows));
  }

  /** The same a few thousand rows at a time; `work` is called with each batch in turn, whose memory the next one takes. No other query of this connection meanwhile. */
  async matrixBatches(sql: string, atLeast: number, work: (batch: FloatMatrix) => void): Promise<void> {
    const result = await this.#guard(sql, () => this.#connection.stream(sql));
    const batches = readMatrixBatches(result, atLeast);
    for (;;) {
      const { value } = await this.#guard(sql, () => batches.next());
      if (value === undefined) return;
      work(value);
    }
  }

  /** The same of a result that is whole, so that other queries may be asked for meanwhile; for few rows. */
  async wholeMatrix(sql: string): Promise<FloatMatrix> {
    const result = await this.#guard(sql, () => this.#connection.run(sql));
    return this.#guard(sql, () => readMatrix(result, result.rowCount));
  }

  /**
   * All columns of a query as doubles, by name; null becomes NaN.
   * @param form a streamed result needs less memory, but any other query of this connection ends it; a whole one may be read while others run
   */
  async doubles(sql: string, params?: SqlParams, form: 'streamed' | 'whole' = 'streamed'): Promise<Record<string, Float64Array>> {
    const ask = (): Promise<DuckDBResult> =>
      form === 'whole' ? this.#connection.run(sql, toValues(params)) : this.#connection.stream(sql, toValues(params));
    const result = await this.#guard(sql, ask);
    return this.#guard(sql, () => readDoubles(result));
  }

  /** One numeric column as doubles; null becomes NaN. The result is whole before it is read: quicker than {@link doubles}, and twice in memory. */
  async column(sql: string, params?: SqlParams): Promise<Float64Array> {
    const result = await this.#guard(sql, () => this.#connection.run(sql, toValues(params)));
    return this.#guard(sql, () => readColumn(result));
  }

  /**
   * The lists of doubles (not of null) in a query's one row, by column; a null list is empty. The quickest way to a column of which the order does not matter.
   * @param take for whoever has arrays to use again
   */
  async lists(sql: string, take: TakeArray = (_, length) => new Float64Array(length)): Promise<Record<string, Float64Array>> {
    const result = await this.#guard(sql, () => this.#connection.run(sql));
    return this.#guard(sql, () => readLists(result, take));
  }

  /** Makes a table of arrays of one length, in their order. */
  async createTable(name: string, columns: Readonly<Record<string, ColumnData>>): Promise<void> {
    const declared = Object.entries(columns).map(([column, { type }]) => `${sqlName(column)} ${type}`);
    await this.run(`create or replace table ${sqlName(name)} (${declared.join(', ')})`);
    await this.append(name, columns);
  }

  /** Adds arrays of one length to a table of these columns in this order. */
  async append(name: string, columns: Readonly<Record<string, ColumnData>>): Promise<void> {
    await this.#guard(name, () => appendColumns(this.#connection, name, columns));
  }

  /** Plans a query once for many runs. A change of the schema makes DuckDB plan anew; a change of rows does not. */
  async prepare(sql: string): Promise<PreparedQuery> {
    const statement = await this.#guard(sql, () => this.#connection.prepare(sql));
    return new PreparedQuery(statement, (work) => this.#guard(sql, work));
  }

  /** Stops the query that is running, for cancellation. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #guard<T>(sql: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new SluiceError('NATIVE_DUCKDB', `DuckDB: ${messageOf(error)}`, { cause: error, data: { sql: sql.slice(0, 2000) } });
    }
  }
}

function toValues(params: SqlParams | undefined): Record<string, DuckDBValue> | undefined {
  return params === undefined ? undefined : { ...params };
}
