import type { ColumnData, DuckDb, FloatMatrix, PreparedQuery } from '../../../pipeline/index.ts';
import type { EncodeDb } from '../family-encoder.ts';
import { madeTable } from './made-table.ts';

/**
 * A database that does again and again what it did once, by the plans of the first time: what makes a table fills it, views and macros
 * stay as they are, and files of the state are read once. The rows of each time are gone when it is over. One time after the other.
 */
export class PlannedDb implements EncodeDb, Disposable {
  readonly #db: DuckDb;
  readonly #queries = new Map<string, PreparedQuery>();
  /** Statements that need not run again, and names of tables of arrays. */
  readonly #made = new Set<string>();
  /** Tables that hold rows of this time. */
  readonly #filled = new Set<string>();

  constructor(db: DuckDb) {
    this.#db = db;
  }

  /** The first time is to be one with no rows at all: its tables stay. */
  async time<T>(work: () => Promise<T>): Promise<T> {
    if (this.#made.size === 0) return await work();
    this.#filled.clear();
    await this.#db.run('begin');
    try {
      return await work();
    } finally {
      await this.#db.run('rollback');
    }
  }

  async run(sql: string): Promise<void> {
    const made = this.#made.has(sql);
    this.#made.add(sql);
    if (!made) return await this.#db.run(sql);
    const { table, query, ofState } = madeTable(sql) ?? { ofState: true };
    if (ofState) return;
    await this.#empty(table);
    await this.all(`insert into ${table} ${query}`);
  }

  async createTable(name: string, columns: Readonly<Record<string, ColumnData>>): Promise<void> {
    const made = this.#made.has(name);
    this.#made.add(name);
    if (!made) return await this.#db.createTable(name, columns);
    await this.#empty(name);
    await this.#db.append(name, columns);
  }

  async all<TRow extends Record<string, unknown>>(sql: string): Promise<readonly TRow[]> {
    return (await this.#planned(sql)).all<TRow>();
  }

  async matrix(sql: string): Promise<FloatMatrix> {
    return (await this.#planned(sql)).matrix();
  }

  async doubles(sql: string): Promise<Record<string, Float64Array>> {
    return (await this.#planned(sql)).doubles();
  }

  async column(sql: string): Promise<Float64Array> {
    return Object.values(await this.doubles(sql))[0] ?? new Float64Array(0);
  }

  [Symbol.dispose](): void {
    for (const query of this.#queries.values()) query[Symbol.dispose]();
  }

  async #empty(table: string): Promise<void> {
    if (this.#filled.has(table)) await this.all(`delete from ${table}`);
    this.#filled.add(table);
  }

  async #planned(sql: string): Promise<PreparedQuery> {
    const query = this.#queries.get(sql) ?? (await this.#db.prepare(sql));
    this.#queries.set(sql, query);
    return query;
  }
}
