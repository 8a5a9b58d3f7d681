import { DuckDb, openXgboost } from '../../pipeline/index.ts';
import type { FeatureRow } from '../features/applicant-features.ts';
import { OpenedOnce } from '../features/opened-once.ts';
import { NotInterpreted } from '../features/plan/plan-node.ts';
import type { RawRows } from '../features/raw-columns.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { type ApplicantTables, applicantTables } from './applicant/applicant-tables.ts';
import { DuckDbEncoder } from './applicant/duckdb-encoder.ts';
import { InterpretedDb } from './applicant/interpreted-db.ts';
import { type PlannedQueries, planQueries } from './applicant/planned-queries.ts';
import { openEncoders } from './encode-clients.ts';
import { encodeUnseen, type FittedState } from './encode-unseen.ts';
import type { FittedFamily } from './family-names.ts';
import fittedSql from './sql/fitted.sql';
import { readStateFamilies } from './state-families.ts';

export interface FittedEncoderOptions {
  /** `encode.state`. */
  readonly stateDir: string;
  readonly projectDir: string;
  /** Where DuckDB may spill. */
  readonly tempDir: string;
  /** `duckdb` has the statements run by DuckDB itself: the same bits, ten times as long. */
  readonly engine?: 'duckdb' | 'interpreter';
}

interface Opened {
  readonly state: FittedState;
  /** Null where DuckDB runs all. */
  readonly planned: PlannedQueries | null;
  readonly duckdb: OpenedOnce<DuckDbEncoder>;
}

/**
 * A fitted state for many applicants, loaded once. DuckDB plans its SQL when this is opened, and the plans are interpreted (as those of
 * `ApplicantFeatures` are); what the interpreter does not know is run by DuckDB. Calls at once do not mix. Free it with `using`.
 */
export class FittedEncoder implements Disposable {
  readonly #opened: Opened;

  private constructor(opened: Opened) {
    this.#opened = opened;
  }

  /** @throws SluiceError MODEL_DAMAGED for a model that is not whole */
  static async open({ stateDir, projectDir, tempDir, engine = 'interpreter' }: FittedEncoderOptions): Promise<FittedEncoder> {
    const openDb = (): Promise<DuckDb> => DuckDb.open({ threads: 1, memoryMb: 1024, tempDir });
    using db = await openDb();
    const families = await readStateFamilies(stateDir);
    const encoder = await openEncoders({ db, xgboost: openXgboost({ projectDir, threads: 1 }), stateDir }, families);
    const state = { families, encoder };
    try {
      const duckdb = new OpenedOnce(async () => DuckDbEncoder.open(state, await openDb(), applicantTables({}, [])));
      return new FittedEncoder({ state, planned: engine === 'duckdb' ? null : await plansOf(db, state), duckdb });
    } catch (error) {
      encoder[Symbol.dispose]();
      throw error;
    }
  }

  get families(): readonly FittedFamily[] {
    return this.#opened.state.families;
  }

  /** Who runs the statements of an ordinary applicant: DuckDB itself where it was asked to, or where one of its plans is not known. */
  get engine(): 'duckdb' | 'interpreter' {
    return this.#opened.planned === null ? 'duckdb' : 'interpreter';
  }

  /**
   * The fitted columns of applicants who are not in the book, by SK_ID_CURR: bit for bit what the batch gives clients of the holdout.
   * @param rows as for `ApplicantFeatures`
   * @param features what `ApplicantFeatures` made of them
   */
  async of(rows: RawRows, features: readonly FeatureRow[]): Promise<readonly FeatureRow[]> {
    const tables = applicantTables(rows, features);
    try {
      return await this.#interpreted(tables);
    } catch (error) {
      if (!(error instanceof NotInterpreted)) throw error;
    }
    return await (await this.#opened.duckdb.get()).of(tables);
  }

  [Symbol.dispose](): void {
    this.#opened.state.encoder[Symbol.dispose]();
    this.#opened.duckdb[Symbol.dispose]();
  }

  async #interpreted(tables: ApplicantTables): Promise<readonly FeatureRow[]> {
    const { planned, state } = this.#opened;
    if (planned === null) throw new NotInterpreted('no plan');
    const db = new InterpretedDb(planned, tables);
    await encodeUnseen(db, state);
    return db.all(fittedSql);
  }
}

async function plansOf(db: DuckDb, state: FittedState): Promise<PlannedQueries | null> {
  const nobody = applicantTables({}, []);
  for (const name of [...TABLE_NAMES, 'unseen'] as const) await db.createTable(name, nobody[name]);
  try {
    return await planQueries(db, async (planner) => {
      await encodeUnseen(planner, state);
      await planner.all(fittedSql);
    });
  } catch (error) {
    if (error instanceof NotInterpreted) return null;
    throw error;
  }
}
