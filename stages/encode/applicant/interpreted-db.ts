import type { ColumnData, FloatMatrix } from '../../../pipeline/index.ts';
import { NotInterpreted } from '../../features/plan/plan-node.ts';
import { rowsOfColumns } from '../../features/plan/rows-of-columns.ts';
import type { Row, Value } from '../../features/plan/values.ts';
import type { EncodeDb } from '../family-encoder.ts';
import { madeTable } from './made-table.ts';
import type { PlannedQueries } from './planned-queries.ts';

/** The database of one applicant that is none: tables are lists of rows, queries the programs of their plans. */
export class InterpretedDb implements EncodeDb {
  readonly #planned: PlannedQueries;
  readonly #tables: Map<string, readonly Row[]>;

  /** @param tables the raw tables and `unseen` */
  constructor(planned: PlannedQueries, tables: Readonly<Record<string, Readonly<Record<string, ColumnData>>>>) {
    this.#planned = planned;
    this.#tables = new Map([
      ...planned.stateTables,
      ...Object.entries(tables).map(([name, columns]) => [name, rowsOfColumns(columns)] as const),
    ]);
  }

  /** Macros and views are in the plans. */
  async run(sql: string): Promise<void> {
    const made = madeTable(sql);
    if (made !== null && !made.ofState) this.#tables.set(made.table, this.#ask(made.query).rows);
  }

  async createTable(name: string, columns: Readonly<Record<string, ColumnData>>): Promise<void> {
    this.#tables.set(name, rowsOfColumns(columns));
  }

  /** Rows as the driver gives them. */
  all(sql: string): readonly Readonly<Record<string, string | number | null>>[] {
    const { columns, rows } = this.#ask(sql);
    return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, plain(row[at] ?? null)])));
  }

  async matrix(sql: string): Promise<FloatMatrix> {
    const { columns, rows } = this.#ask(sql);
    return { rows: rows.length, columns, data: Float32Array.from(rows.flat(), numeric) };
  }

  async doubles(sql: string): Promise<Record<string, Float64Array>> {
    const { columns, rows } = this.#ask(sql);
    return Object.fromEntries(columns.map((name, at) => [name, Float64Array.from(rows, (row) => numeric(row[at] ?? null))]));
  }

  async column(sql: string): Promise<Float64Array> {
    return Float64Array.from(this.#ask(sql).rows, ([value = null]) => numeric(value));
  }

  #ask(sql: string): { readonly columns: readonly string[]; readonly rows: readonly Row[] } {
    const query = this.#planned.queries.get(sql);
    if (query === undefined) throw new NotInterpreted('a query that was not planned');
    return { columns: query.columns, rows: query.program((name) => this.#tables.get(name) ?? []) };
  }
}

const numeric = (value: Value): number => (value === null ? Number.NaN : Number(value));

function plain(value: Value): string | number | null {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new NotInterpreted(`an answer of ${typeof value}`);
}
