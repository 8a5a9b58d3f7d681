import { DuckDb, openXgboost, SluiceError, sqlString } from '../../pipeline/index.ts';
import type { FeatureRow } from '../features/applicant-features.ts';
import { OpenedOnce } from '../features/opened-once.ts';
import { NotInterpreted } from '../features/plan/plan-node.ts';
import type { RawRows } from '../features/raw-columns.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { type ApplicantTables, applicantTables } from './applicant/applicant-tables.ts';
import { DuckDbEncoder } from './applicant/duckdb-encoder.ts';
import { InterpretedDb } from './applicant/interpreted-db.ts';
import { type PlannedQueries, planQueries, programsOf, type QueryPlans } from './applicant/planned-queries.ts';
import { openEncoders } from './encode-clients.ts';
import type { StateContext } from './family-encoder.ts';
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

/** What DuckDB makes of the statements over a state, and what it reads of its files: plain data, for an encoder without DuckDB. */
export interface EncoderPlan {
  /** Null where only DuckDB itself can run them. */
  readonly queries: QueryPlans | null;
  /** Tables of the state, by what was asked; the state's folder stands as a point. */
  readonly reads: ReadonlyMap<string, Readonly<Record<string, Float64Array>>>;
}

interface Opened {
  readonly state: FittedState;
  /** Null where DuckDB runs all. */
  readonly planned: PlannedQueries | null;
  /** Null where there is none. */
  readonly duckdb: OpenedOnce<DuckDbEncoder> | null;
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
    const state = await openState({ db, stateDir, projectDir });
    try {
      const duckdb = new OpenedOnce(async () => DuckDbEncoder.open(state, await openDb(), applicantTables({}, [])));
      const queries = engine === 'duckdb' ? null : await plansOf(db, state);
      return new FittedEncoder({ state, planned: interpretable(queries), duckdb });
    } catch (error) {
      state.encoder[Symbol.dispose]();
      throw error;
    }
  }

  /** Planned once, for {@link planned}. @throws SluiceError MODEL_DAMAGED for a model that is not whole */
  static async plan({ stateDir, projectDir, tempDir }: Omit<FittedEncoderOptions, 'engine'>): Promise<EncoderPlan> {
    using db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir });
    const reads = new Map<string, Readonly<Record<string, Float64Array>>>();
    const doubles = async (sql: string): Promise<Record<string, Float64Array>> => {
      const read = await db.doubles(sql);
      reads.set(withoutFolder(sql, stateDir), read);
      return read;
    };
    const state = await openState({ db: { doubles }, stateDir, projectDir });
    try {
      return { queries: await plansOf(db, state), reads };
    } finally {
      state.encoder[Symbol.dispose]();
    }
  }

  /** Without DuckDB: `of` throws NotInterpreted where it would be needed. @throws SluiceError MODEL_DAMAGED */
  static async planned({ queries, reads }: EncoderPlan, { stateDir, projectDir }: Omit<FittedEncoderOptions, 'engine' | 'tempDir'>) {
    const doubles = async (sql: string): Promise<Record<string, Float64Array>> => {
      const read = reads.get(withoutFolder(sql, stateDir));
      if (read === undefined) throw new SluiceError('INTERNAL', `the plan of an encoder lacks what its state reads: ${sql}`);
      return read;
    };
    const state = await openState({ db: { doubles }, stateDir, projectDir });
    return new FittedEncoder({ state, planned: interpretable(queries), duckdb: null });
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
    if (this.#opened.duckdb === null) throw new NotInterpreted('there is no DuckDB here');
    return await (await this.#opened.duckdb.get()).of(tables);
  }

  [Symbol.dispose](): void {
    this.#opened.state.encoder[Symbol.dispose]();
    this.#opened.duckdb?.[Symbol.dispose]();
  }

  async #interpreted(tables: ApplicantTables): Promise<readonly FeatureRow[]> {
    const { planned, state } = this.#opened;
    if (planned === null) throw new NotInterpreted('no plan');
    const db = new InterpretedDb(planned, tables);
    await encodeUnseen(db, state);
    return db.all(fittedSql);
  }
}

async function openState({
  db,
  stateDir,
  projectDir,
}: Pick<StateContext, 'db' | 'stateDir'> & { readonly projectDir: string }): Promise<FittedState> {
  const families = await readStateFamilies(stateDir);
  return { families, encoder: await openEncoders({ db, xgboost: openXgboost({ projectDir, threads: 1 }), stateDir }, families) };
}

/** Files of the state are named by its folder, which a plan outlives. */
function withoutFolder(sql: string, stateDir: string): string {
  return sql.replaceAll(sqlString(stateDir).slice(1, -1), '.');
}

async function plansOf(db: DuckDb, state: FittedState): Promise<QueryPlans | null> {
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

/** Null where DuckDB runs them: one that the interpreter does not know is enough. */
function interpretable(queries: QueryPlans | null): PlannedQueries | null {
  try {
    return queries === null ? null : programsOf(queries);
  } catch (error) {
    if (error instanceof NotInterpreted) return null;
    throw error;
  }
}
