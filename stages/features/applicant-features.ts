import { DuckDb, type PreparedQuery } from '../../pipeline/index.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { applicationColumns, type ApplicationColumns } from './application-columns.ts';
import { applicantQuery, columnsOfGroups } from './applicant-query.ts';
import { FAMILY_NAMES, type FamilyName } from './family-names.ts';
import keptPlans from './sql/kept_plans.sql';
import macros from './sql/macros.sql';
import { rawColumns, type RawRows } from './raw-columns.ts';

/** One row of the feature table: SK_ID_CURR, TARGET, part, then every feature. */
export type FeatureRow = Readonly<Record<string, string | number | null>>;

export interface ApplicantFeaturesOptions {
  /** Families beside the core, as the model was trained with; all by default. */
  readonly families?: readonly FamilyName[];
  /** DuckDB's threads. More than one answers sooner on an idle machine and costs more processor time. */
  readonly threads?: number;
  /** Where DuckDB may spill. */
  readonly tempDir: string;
}

const HISTORY = TABLE_NAMES.filter((name) => name !== 'application_train' && name !== 'application_test');

interface ListRow extends Record<string, unknown> {
  readonly SK_ID_CURR: number;
  readonly part: number;
  readonly features: readonly (number | null)[];
}

/**
 * Features of applicants from their raw rows, bit for bit as the batch makes them, by the same SQL: planned once when it is opened, run in
 * a transaction that is rolled back, so that nothing of one applicant is left for the next. Calls at once wait for each other. Free it with `using`.
 */
export class ApplicantFeatures implements Disposable {
  readonly #db: DuckDb;
  readonly #query: PreparedQuery;
  /** Names of the columns, by group. */
  readonly #groups: readonly (readonly string[])[];
  #last: Promise<unknown> = Promise.resolve();

  private constructor(db: DuckDb, query: PreparedQuery, groups: readonly (readonly string[])[]) {
    this.#db = db;
    this.#query = query;
    this.#groups = groups;
  }

  static async open({ families = FAMILY_NAMES, threads = 1, tempDir }: ApplicantFeaturesOptions): Promise<ApplicantFeatures> {
    const db = await DuckDb.open({ threads, memoryMb: 1024, tempDir });
    try {
      await db.run(keptPlans);
      await db.run(macros);
      await db.createTable('application', applicationColumns({}));
      for (const name of HISTORY) await db.createTable(name, rawColumns(name, []));
      const groups = await columnsOfGroups(db, families);
      return new ApplicantFeatures(db, await db.prepare(applicantQuery(families)), groups);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /**
   * The rows of the feature table of all who stand in application_train or application_test, by SK_ID_CURR. Rows of others are left alone.
   * @throws SluiceError DATA_BAD_VALUE for a column or value that the raw table cannot hold, DATA_DUPLICATE_KEY for a client who applies twice
   */
  async features(rows: RawRows): Promise<readonly FeatureRow[]> {
    // Checked before it waits: what is wrong with these rows is nobody else's business.
    const applications = applicationColumns(rows);
    const history = HISTORY.map((name) => [name, rawColumns(name, rows[name] ?? [])] as const);
    const mine = this.#last.then(async () => {
      await this.#db.run('begin');
      try {
        await this.#db.append('application', applications);
        for (const [name, columns] of history) if ((rows[name] ?? []).length > 0) await this.#db.append(name, columns);
        return await this.#query.all<ListRow>();
      } finally {
        await this.#db.run('rollback');
      }
    });
    this.#last = mine.catch(() => null);
    return this.#tableOf(applications, await mine);
  }

  [Symbol.dispose](): void {
    this.#query[Symbol.dispose]();
    this.#db.close();
  }

  #tableOf({ SK_ID_CURR: ids, TARGET: targets, part: parts }: ApplicationColumns, lists: readonly ListRow[]): readonly FeatureRow[] {
    const found = new Map(lists.map(({ SK_ID_CURR: client, part, features }) => [`${client} ${part}`, features]));
    const rows = ids.values.map((id, at) => {
      const row: Record<string, string | number | null> = {
        SK_ID_CURR: id,
        TARGET: targets.values[at] ?? null,
        part: parts.values[at] ?? null,
      };
      for (const [group, names] of this.#groups.entries()) {
        const values = found.get(`${id} ${group}`);
        for (const [index, name] of names.entries()) row[name] = values?.[index] ?? null;
      }
      return row;
    });
    return rows.toSorted((a, b) => Number(a['SK_ID_CURR']) - Number(b['SK_ID_CURR']));
  }
}
