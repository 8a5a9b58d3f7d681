import { type ColumnData, DuckDb, type PreparedQuery } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { applicationColumns } from './application-columns.ts';
import { applicantQuery, columnsOfGroups } from './applicant-query.ts';
import type { FamilyName } from './family-names.ts';
import type { PlanNode } from './plan/plan-node.ts';
import { planOf } from './plan/plan-of.ts';
import { rawColumns } from './raw-columns.ts';
import keptPlans from './sql/kept_plans.sql';
import macros from './sql/macros.sql';

/** What the query of one applicant reads: the view `application` as a table, and the raw tables of the history. */
export type HistoryName = Exclude<TableName, 'application_train' | 'application_test'>;
const HISTORY = TABLE_NAMES.filter((name) => name !== 'application_train' && name !== 'application_test');

export type InputColumns = Readonly<Record<'application' | HistoryName, Readonly<Record<string, ColumnData>>>>;

/** A group's features of a client, in the order of its columns. */
export interface GroupRow {
  readonly client: number;
  readonly group: number;
  readonly features: readonly (number | null)[];
}

/** The query of all features in a database without rows: its plan, and DuckDB itself to run it. */
export class PlannedApplicants implements Disposable {
  readonly #db: DuckDb;
  readonly #query: string;
  #prepared: Promise<PreparedQuery> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(db: DuckDb, query: string) {
    this.#db = db;
    this.#query = query;
  }

  static async open(families: readonly FamilyName[], tempDir: string): Promise<PlannedApplicants> {
    // One thread: with two, what a join learnt of the rows of one run has changed answers of the next.
    const db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir });
    try {
      await db.run(keptPlans);
      await db.run(macros);
      await db.createTable('application', applicationColumns({}));
      for (const name of HISTORY) await db.createTable(name, rawColumns(name, []));
      return new PlannedApplicants(db, applicantQuery(families));
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Names of each group's columns. */
  columns(families: readonly FamilyName[]): Promise<readonly (readonly string[])[]> {
    return columnsOfGroups(this.#db, families);
  }

  plan(): Promise<PlanNode> {
    return planOf(this.#db, this.#query);
  }

  /** DuckDB's answer, in a transaction that is rolled back, so that nothing of one applicant is left for the next. Runs wait for each other. */
  async run(inputs: InputColumns): Promise<readonly GroupRow[]> {
    const mine = this.#last.then(async () => {
      const query = await (this.#prepared ??= this.#db.prepare(this.#query));
      await this.#db.run('begin');
      try {
        for (const name of ['application', ...HISTORY] as const) await this.#db.append(name, inputs[name]);
        const rows = await query.all<{ SK_ID_CURR: number; part: number; features: readonly (number | null)[] }>();
        return rows.map(({ SK_ID_CURR: client, part: group, features }) => ({ client, group, features }));
      } finally {
        await this.#db.run('rollback');
      }
    });
    this.#last = mine.catch(() => null);
    return await mine;
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
