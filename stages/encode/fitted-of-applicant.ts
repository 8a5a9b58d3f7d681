import { DuckDb, openXgboost } from '../../pipeline/index.ts';
import type { FeatureRow } from '../features/applicant-features.ts';
import { makeRawTables } from '../features/make-raw-tables.ts';
import type { RawRows } from '../features/raw-columns.ts';
import { openEncoders } from './encode-clients.ts';
import type { FittedFamily } from './family-names.ts';
import { prepareClients } from './prepare-clients.ts';
import fittedSql from './sql/fitted.sql';
import nobodySql from './sql/nobody.sql';
import { readStateFamilies } from './state-families.ts';

/** The features that fitted columns are made of. */
const READ = ['ext_1', 'ext_2', 'ext_3', 'ext_mean', 'income', 'loan_term_months', 'loan_credit', 'loan_annuity'] as const;

export interface FittedEncoderOptions {
  /** `encode.state`. */
  readonly stateDir: string;
  readonly projectDir: string;
  /** Where DuckDB may spill. */
  readonly tempDir: string;
}

/** A fitted state, loaded once for many applicants. Free it once with `using`. */
export class FittedEncoder implements Disposable {
  readonly families: readonly FittedFamily[];
  readonly #encoders: Awaited<ReturnType<typeof openEncoders>>;
  readonly #tempDir: string;

  private constructor(families: readonly FittedFamily[], encoders: Awaited<ReturnType<typeof openEncoders>>, tempDir: string) {
    this.families = families;
    this.#encoders = encoders;
    this.#tempDir = tempDir;
  }

  /** @throws SluiceError MODEL_DAMAGED for a model that is not whole */
  static async open({ stateDir, projectDir, tempDir }: FittedEncoderOptions): Promise<FittedEncoder> {
    using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir });
    const families = await readStateFamilies(stateDir);
    const encoders = await openEncoders({ db, xgboost: openXgboost({ projectDir, threads: 1 }), stateDir }, families);
    return new FittedEncoder(families, encoders, tempDir);
  }

  /**
   * The fitted columns of applicants who are not in the book, by SK_ID_CURR: bit for bit what the batch gives clients of the holdout.
   * @param rows as for `ApplicantFeatures`
   * @param features what `ApplicantFeatures` made of them
   */
  async of(rows: RawRows, features: readonly FeatureRow[]): Promise<readonly FeatureRow[]> {
    using db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir: this.#tempDir });
    await makeRawTables(db, rows);
    await db.run(nobodySql);
    const known = READ.map((name) => [name, { type: 'FLOAT' as const, values: features.map((row) => numberOf(row[name])) }] as const);
    const ids = features.map((row) => numberOf(row['SK_ID_CURR']));
    await db.createTable('unseen', { SK_ID_CURR: { type: 'INTEGER', values: ids }, ...Object.fromEntries(known) });
    await prepareClients(db, this.families);
    await this.#encoders.encode(db);
    return await db.all<Record<string, string | number | null>>(fittedSql);
  }

  [Symbol.dispose](): void {
    this.#encoders[Symbol.dispose]();
  }
}

const numberOf = (value: string | number | null | undefined): number | null => (typeof value === 'number' ? value : null);
