import type { DuckDBPreparedStatement, DuckDBValue } from '@duckdb/node-api';
import { readDoubles } from './doubles.ts';
import { type FloatMatrix, readMatrix } from './matrix.ts';
import { rowsOf, type SqlRow } from './rows-of.ts';

type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/** A query planned once: a long one costs DuckDB more to plan than to run on few rows. Lives as long as its database. */
export class PreparedQuery implements Disposable {
  readonly #statement: DuckDBPreparedStatement;
  readonly #guard: Guard;

  constructor(statement: DuckDBPreparedStatement, guard: Guard) {
    this.#statement = statement;
    this.#guard = guard;
  }

  /** All rows as objects; one run at a time. */
  async all<TRow extends SqlRow = SqlRow>(params?: Readonly<Record<string, DuckDBValue>>): Promise<TRow[]> {
    return await this.#guard(async () => {
      if (params !== undefined) this.#statement.bind({ ...params });
      return rowsOf<TRow>(await this.#statement.runAndReadAll());
    });
  }

  /** All columns as one row-major Float32 matrix; null becomes NaN. */
  async matrix(): Promise<FloatMatrix> {
    return await this.#guard(async () => readMatrix(await this.#statement.stream()));
  }

  /** All columns as doubles, by name; null becomes NaN. */
  async doubles(): Promise<Record<string, Float64Array>> {
    return await this.#guard(async () => readDoubles(await this.#statement.stream()));
  }

  [Symbol.dispose](): void {
    this.#statement.destroySync();
  }
}
