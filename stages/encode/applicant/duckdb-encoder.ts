import type { DuckDb } from '../../../pipeline/index.ts';
import type { FeatureRow } from '../../features/applicant-features.ts';
import keptPlans from '../../features/sql/kept_plans.sql';
import { TABLE_NAMES } from '../../tables/table-names.ts';
import { encodeUnseen, type FittedState } from '../encode-unseen.ts';
import fittedSql from '../sql/fitted.sql';
import type { ApplicantTables } from './applicant-tables.ts';
import { PlannedDb } from './planned-db.ts';

/** Fitted columns by DuckDB itself, its statements planned once. Calls at once wait for each other. */
export class DuckDbEncoder implements Disposable {
  readonly #state: FittedState;
  readonly #db: DuckDb;
  readonly #planned: PlannedDb;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(state: FittedState, db: DuckDb) {
    this.#state = state;
    this.#db = db;
    this.#planned = new PlannedDb(db);
  }

  /** @param db closed with the encoder. @param nobody tables without rows */
  static async open(state: FittedState, db: DuckDb, nobody: ApplicantTables): Promise<DuckDbEncoder> {
    await db.run(keptPlans);
    for (const name of TABLE_NAMES) await db.createTable(name, nobody[name]);
    const opened = new DuckDbEncoder(state, db);
    // Of nobody: makes the tables.
    await opened.of(nobody);
    return opened;
  }

  async of(tables: ApplicantTables): Promise<readonly FeatureRow[]> {
    const mine = this.#last.then(() =>
      this.#planned.time(async () => {
        for (const name of TABLE_NAMES) await this.#db.append(name, tables[name]);
        await this.#planned.createTable('unseen', tables.unseen);
        await encodeUnseen(this.#planned, this.#state);
        return await this.#planned.all<Record<string, string | number | null>>(fittedSql);
      }),
    );
    this.#last = mine.catch(() => null);
    return await mine;
  }

  [Symbol.dispose](): void {
    this.#planned[Symbol.dispose]();
    this.#db.close();
  }
}
