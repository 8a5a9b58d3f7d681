import { type ApplicationColumns, applicationColumns } from './application-columns.ts';
import { FAMILY_NAMES, type FamilyName } from './family-names.ts';
import { interpretedApplicants, type RunQuery } from './interpreted-applicants.ts';
import { OpenedOnce } from './opened-once.ts';
import { NotInterpreted, PlanNode } from './plan/plan-node.ts';
import { type GroupRow, type HistoryName, type InputColumns, PlannedApplicants } from './planned-applicants.ts';
import { rawColumns, type RawRows } from './raw-columns.ts';

/** One row of the feature table: SK_ID_CURR, TARGET, part, then every feature. */
export type FeatureRow = Readonly<Record<string, string | number | null>>;

export interface ApplicantFeaturesOptions {
  /** Families beside the core, as the model was trained with; all by default. */
  readonly families?: readonly FamilyName[];
  /** Where DuckDB may spill. */
  readonly tempDir: string;
  /** `duckdb` has the plan run by DuckDB itself: the same bits, ten times as long. */
  readonly engine?: 'duckdb' | 'interpreter';
}

/** What DuckDB makes of the SQL of all features: plain data, the same for every applicant, from which features are made without DuckDB. */
export interface ApplicantPlan {
  /** As DuckDB serializes it. */
  readonly plan: unknown;
  /** Names of the columns, by group. */
  readonly groups: readonly (readonly string[])[];
}

/**
 * Features of applicants from their raw rows, bit for bit as the batch makes them, by the same SQL: DuckDB plans it when this is opened, and
 * its plan is interpreted here, since DuckDB takes longer to set out than a few rows take to aggregate. A plan or a value that the
 * interpreter does not know is run by DuckDB. Nothing is kept of an applicant, so calls at once do not mix. Free it with `using`.
 */
export class ApplicantFeatures implements Disposable {
  readonly #duckdb: Disposable | null;
  readonly #run: RunQuery;
  /** Names of the columns, by group. */
  readonly #groups: readonly (readonly string[])[];

  private constructor(duckdb: Disposable | null, run: RunQuery, groups: readonly (readonly string[])[]) {
    this.#duckdb = duckdb;
    this.#run = run;
    this.#groups = groups;
  }

  static async open({ families = FAMILY_NAMES, tempDir, engine = 'interpreter' }: ApplicantFeaturesOptions): Promise<ApplicantFeatures> {
    const { plan, groups } = await ApplicantFeatures.plan({ families, tempDir });
    const duckdb = new OpenedOnce(() => PlannedApplicants.open(families, tempDir));
    const byDuckDb: RunQuery = async (inputs) => (await duckdb.get()).run(inputs);
    const run = engine === 'duckdb' ? byDuckDb : interpretedApplicants(new PlanNode(plan), byDuckDb);
    return new ApplicantFeatures(duckdb, run, groups);
  }

  /** Planned once, for {@link planned}: it takes DuckDB a second and a hundred megabytes. */
  static async plan({ families = FAMILY_NAMES, tempDir }: Pick<ApplicantFeaturesOptions, 'families' | 'tempDir'>): Promise<ApplicantPlan> {
    // Closed once the plan is made: what planning took of memory goes with it. Few ever need DuckDB again.
    using planned = await PlannedApplicants.open(families, tempDir);
    return { plan: (await planned.plan()).json, groups: await planned.columns(families) };
  }

  /** Without DuckDB: `features` throws NotInterpreted where it would be needed. */
  static planned({ plan, groups }: ApplicantPlan): ApplicantFeatures {
    const run = interpretedApplicants(new PlanNode(plan), () => Promise.reject(new NotInterpreted('there is no DuckDB here')));
    return new ApplicantFeatures(null, run, groups);
  }

  /**
   * The rows of the feature table of all who stand in application_train or application_test, by SK_ID_CURR. Rows of others are left alone.
   * @throws SluiceError DATA_BAD_VALUE for a column or value that the raw table cannot hold, DATA_DUPLICATE_KEY for a client who applies twice
   */
  async features(rows: RawRows): Promise<readonly FeatureRow[]> {
    const application = applicationColumns(rows);
    return this.#tableOf(application, await this.#run(inputsOf(application, rows)));
  }

  [Symbol.dispose](): void {
    this.#duckdb?.[Symbol.dispose]();
  }

  #tableOf({ SK_ID_CURR: ids, TARGET: targets, part: parts }: ApplicationColumns, made: readonly GroupRow[]): readonly FeatureRow[] {
    const found = new Map(made.map(({ client, group, features }) => [`${client} ${group}`, features]));
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

function inputsOf(application: ApplicationColumns, rows: RawRows): InputColumns {
  const columns = (name: HistoryName): ReturnType<typeof rawColumns> => rawColumns(name, rows[name] ?? []);
  return {
    application,
    bureau: columns('bureau'),
    bureau_balance: columns('bureau_balance'),
    previous_application: columns('previous_application'),
    POS_CASH_balance: columns('POS_CASH_balance'),
    installments_payments: columns('installments_payments'),
    credit_card_balance: columns('credit_card_balance'),
  };
}
