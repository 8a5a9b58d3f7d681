import type { ColumnData, DuckDb, FloatMatrix } from '../../../pipeline/index.ts';
import { NotInterpreted, PlanNode } from '../../features/plan/plan-node.ts';
import { planOf } from '../../features/plan/plan-of.ts';
import { type Program, programOf } from '../../features/plan/program.ts';
import type { Row, Value } from '../../features/plan/values.ts';
import type { EncodeDb } from '../family-encoder.ts';
import plainPlans from '../sql/plain_plans.sql';
import { madeTable } from './made-table.ts';

export interface PlannedQuery {
  /** Of an answer; none of a table. */
  readonly columns: readonly string[];
  readonly program: Program;
}

/** All that encoding an applicant asks a database, as programs, and the tables that are files of the state. */
export interface PlannedQueries {
  readonly queries: ReadonlyMap<string, PlannedQuery>;
  readonly stateTables: ReadonlyMap<string, readonly Row[]>;
}

/** The same as DuckDB planned it: plain data. */
export interface QueryPlans {
  readonly queries: ReadonlyMap<string, { readonly columns: readonly string[]; readonly plan: unknown }>;
  readonly stateTables: ReadonlyMap<string, readonly Row[]>;
}

/**
 * Lets `work` go its way over tables without rows, and plans what it asks.
 * @param db with the raw tables and `unseen`, empty
 * @throws NotInterpreted for an answer that the interpreter cannot give
 */
export async function planQueries(db: DuckDb, work: (db: Planner) => Promise<unknown>): Promise<QueryPlans> {
  await db.run(plainPlans);
  const planner = new Planner(db);
  await work(planner);
  const { queries, stateTables } = planner;
  return { queries, stateTables };
}

/** @throws NotInterpreted for a query that the interpreter does not know */
export function programsOf({ queries, stateTables }: QueryPlans): PlannedQueries {
  const programs = [...queries].map(([sql, { columns, plan }]) => [sql, { columns, program: programOf(new PlanNode(plan)) }] as const);
  return { queries: new Map(programs), stateTables };
}

/** Answers every query with one row of zeros, so that what is asked only where there are rows is asked. */
class Planner implements EncodeDb, QueryPlans {
  readonly queries = new Map<string, { readonly columns: readonly string[]; readonly plan: unknown }>();
  readonly stateTables = new Map<string, readonly Row[]>();
  readonly #db: DuckDb;

  constructor(db: DuckDb) {
    this.#db = db;
  }

  async run(sql: string): Promise<void> {
    const made = madeTable(sql);
    if (made !== null && !made.ofState) await this.#plan(made.query);
    await this.#db.run(sql);
    if (made?.ofState === true) {
      const rows = await this.#db.all(`from ${made.table}`);
      this.stateTables.set(
        made.table,
        rows.map((row) => Object.values(row) as Value[]),
      );
    }
  }

  async createTable(name: string, columns: Readonly<Record<string, ColumnData>>): Promise<void> {
    const empty = Object.entries(columns).map(([column, { type }]) => [column, { type, values: [] }] as const);
    await this.#db.createTable(name, Object.fromEntries(empty));
  }

  async matrix(sql: string): Promise<FloatMatrix> {
    const columns = await this.#answer(sql);
    return { rows: 1, columns, data: new Float32Array(columns.length) };
  }

  async all(sql: string): Promise<void> {
    await this.#answer(sql);
  }

  async doubles(sql: string): Promise<Record<string, Float64Array>> {
    return Object.fromEntries((await this.#answer(sql)).map((name) => [name, new Float64Array(1)]));
  }

  async column(sql: string): Promise<Float64Array> {
    await this.#answer(sql);
    return new Float64Array(1);
  }

  /** A query whose values leave the database, as numbers and texts. */
  async #answer(sql: string): Promise<readonly string[]> {
    const described = await this.#db.all<{ column_name: string; column_type: string }>(`describe ${sql}`);
    const decimal = described.find(({ column_type: type }) => type.startsWith('DECIMAL'));
    if (decimal !== undefined) throw new NotInterpreted(`${decimal.column_name}, a decimal, as an answer`);
    return await this.#plan(
      sql,
      described.map(({ column_name: name }) => name),
    );
  }

  async #plan(sql: string, columns: readonly string[] = []): Promise<readonly string[]> {
    if (!this.queries.has(sql)) this.queries.set(sql, { columns, plan: (await planOf(this.#db, sql)).json });
    return columns;
  }
}
