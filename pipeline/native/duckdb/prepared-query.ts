import type { DuckDBPreparedStatement, DuckDBValue } from '@duckdb/node-api';
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

  [Symbol.dispose](): void {
    this.#statement.destroySync();
  }
}
