import { DuckDb, type FloatMatrix, openXgboost, sqlName, sqlString } from '../../../pipeline/index.ts';
import { openEncoders } from '../../encode/encode-clients.ts';
import type { FamilyEncoder } from '../../encode/family-encoder.ts';
import type { FittedFamily } from '../../encode/family-names.ts';
import { encodeUnseen } from '../../encode/encode-unseen.ts';
import { readStateFamilies } from '../../encode/state-families.ts';
import { makeRawTables } from '../../features/make-raw-tables.ts';

/** Families of columns fitted on the book that the loan asked for has a part in; the others are of history alone. */
const LOAN_FAMILIES: ReadonlySet<FittedFamily> = new Set<FittedFamily>(['peer_groups', 'neighbours', 'predicted_term']);

export interface FittedVariantsOptions {
  /** `encode.state`. */
  readonly stateDir: string;
  readonly projectDir: string;
  readonly tempDir: string;
  readonly threads: number;
  readonly memoryMb: number;
}

/** The fitted state of the columns that a change of the loan moves. Free it once with `using`. */
export class FittedVariants implements Disposable {
  readonly #families: readonly FittedFamily[];
  readonly #encoder: FamilyEncoder;
  readonly #options: FittedVariantsOptions;

  private constructor(families: readonly FittedFamily[], encoder: FamilyEncoder, options: FittedVariantsOptions) {
    this.#families = families;
    this.#encoder = encoder;
    this.#options = options;
  }

  static async open(options: FittedVariantsOptions): Promise<FittedVariants> {
    const { stateDir, projectDir, tempDir, threads, memoryMb } = options;
    using db = await DuckDb.open({ threads, memoryMb, tempDir });
    const families = (await readStateFamilies(stateDir)).filter((family) => LOAN_FAMILIES.has(family));
    const encoder = await openEncoders({ db, xgboost: openXgboost({ projectDir, threads }), stateDir }, families);
    return new FittedVariants(families, encoder, options);
  }

  /**
   * Fitted columns of variants, in the order of their numbers.
   * @param forms Parquet of the variants' application forms, with their numbers as SK_ID_CURR
   * @param known `READ_BY_FITTED` of each variant
   */
  async of(forms: string, known: FloatMatrix, features: ReadonlySet<string>): Promise<FloatMatrix> {
    using db = await DuckDb.open(this.#options);
    await makeRawTables(db, {});
    await db.run(`create or replace table application_train as select * exclude (part) from read_parquet(${sqlString(forms)})`);
    const { rows, columns, data } = known;
    const column = (at: number): Float32Array =>
      Float32Array.from({ length: rows }, (_, row) => data[row * columns.length + at] ?? Number.NaN);
    await db.createTable('unseen', {
      SK_ID_CURR: { type: 'INTEGER', values: Int32Array.from({ length: rows }, (_, row) => row) },
      ...Object.fromEntries(columns.map((name, at) => [name, { type: 'FLOAT' as const, values: column(at) }])),
    });
    await encodeUnseen(db, { families: this.#families, encoder: this.#encoder });
    const made = (await db.all<{ column_name: string }>('describe fitted_columns'))
      .map(({ column_name }) => column_name)
      .filter((name) => features.has(name));
    if (made.length === 0) return { rows, columns: [], data: new Float32Array() };
    return await db.matrix(`select ${made.map(sqlName).join(', ')} from fitted_columns order by SK_ID_CURR`);
  }

  [Symbol.dispose](): void {
    this.#encoder[Symbol.dispose]();
  }
}
