import { DuckDb, openXgboost } from '../../pipeline/index.ts';
import type { FeatureRow } from '../features/applicant-features.ts';
import { makeRawTables } from '../features/make-raw-tables.ts';
import { rawColumns, type RawRows } from '../features/raw-columns.ts';
import keptPlans from '../features/sql/kept_plans.sql';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { openEncoders } from './encode-clients.ts';
import { encodeUnseen, type FittedState } from './encode-unseen.ts';
import type { FittedFamily } from './family-names.ts';
import { PlannedDb } from './planned-db.ts';
import { READ_BY_FITTED } from './read-by-fitted.ts';
import fittedSql from './sql/fitted.sql';
import { readStateFamilies } from './state-families.ts';

export interface FittedEncoderOptions {
  /** `encode.state`. */
  readonly stateDir: string;
  readonly projectDir: string;
  /** Where DuckDB may spill. */
  readonly tempDir: string;
}

/** A fitted state for many applicants: loaded and its SQL planned once, when it is opened. Calls at once wait for each other. Free it with `using`. */
export class FittedEncoder implements Disposable {
  readonly #state: FittedState;
  readonly #db: DuckDb;
  readonly #planned: PlannedDb;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(state: FittedState, db: DuckDb) {
    this.#state = state;
    this.#db = db;
    this.#planned = new PlannedDb(db);
  }

  /** @throws SluiceError MODEL_DAMAGED for a model that is not whole */
  static async open({ stateDir, projectDir, tempDir }: FittedEncoderOptions): Promise<FittedEncoder> {
    const db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir });
    try {
      await db.run(keptPlans);
      await makeRawTables(db, {});
      const families = await readStateFamilies(stateDir);
      const encoder = await openEncoders({ db, xgboost: openXgboost({ projectDir, threads: 1 }), stateDir }, families);
      const opened = new FittedEncoder({ families, encoder }, db);
      // Of nobody: makes the tables.
      await opened.of({}, []);
      return opened;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  get families(): readonly FittedFamily[] {
    return this.#state.families;
  }

  /**
   * The fitted columns of applicants who are not in the book, by SK_ID_CURR: bit for bit what the batch gives clients of the holdout.
   * @param rows as for `ApplicantFeatures`
   * @param features what `ApplicantFeatures` made of them
   */
  async of(rows: RawRows, features: readonly FeatureRow[]): Promise<readonly FeatureRow[]> {
    // Checked before it waits: what is wrong with these rows is nobody else's business.
    const raw = TABLE_NAMES.map((name) => [name, rawColumns(name, rows[name] ?? [])] as const);
    const known = READ_BY_FITTED.map(
      (name) => [name, { type: 'FLOAT' as const, values: features.map((row) => numberOf(row[name])) }] as const,
    );
    const ids = features.map((row) => numberOf(row['SK_ID_CURR']));
    const mine = this.#last.then(() =>
      this.#planned.time(async () => {
        for (const [name, columns] of raw) if ((rows[name] ?? []).length > 0) await this.#db.append(name, columns);
        await this.#planned.createTable('unseen', { SK_ID_CURR: { type: 'INTEGER', values: ids }, ...Object.fromEntries(known) });
        await encodeUnseen(this.#planned, this.#state);
        return await this.#planned.all<Record<string, string | number | null>>(fittedSql);
      }),
    );
    this.#last = mine.catch(() => null);
    return await mine;
  }

  [Symbol.dispose](): void {
    this.#state.encoder[Symbol.dispose]();
    this.#planned[Symbol.dispose]();
    this.#db.close();
  }
}

const numberOf = (value: string | number | null | undefined): number | null => (typeof value === 'number' ? value : null);
