import { type FloatMatrix, sqlName } from '../../../pipeline/index.ts';
import type { EncodeDb } from '../family-encoder.ts';

/** Columns of a table of rows that say whose they are; all others are the model's. */
const KEYS = 'SK_ID_CURR, recency, decided, fold, TARGET';

/** Which rows: those of development clients to learn from, those inside a fold, or those of nobody's fold. */
export type Which = 'development' | { readonly inside: number } | 'unseen';

export interface RowKeys {
  readonly id: Float64Array;
  readonly recency: Float64Array;
  readonly decided: Float64Array;
}

/** Rows of one table (`previous_model_rows`, say) by client, the most recent first. */
export class ModelRows {
  readonly #db: EncodeDb;
  readonly #table: string;

  constructor(db: EncodeDb, table: string) {
    this.#db = db;
    this.#table = table;
  }

  /** @param rows how many there are, where that is known: memory is then taken once */
  matrix(which: Which, rows?: number): Promise<FloatMatrix> {
    return this.#db.matrix(this.#query(`* exclude (${KEYS})`, which), undefined, rows);
  }

  /** Labels and folds of the development rows. */
  async labels(): Promise<{ readonly label: Float32Array; readonly fold: Int8Array }> {
    const { label = [], fold = [] } = await this.#db.doubles(this.#query('TARGET as label, fold', 'development'));
    return { label: Float32Array.from(label), fold: Int8Array.from(fold) };
  }

  /** Whose each row is, its place from the most recent, and its day, NaN where unknown. */
  async keys(which: Which): Promise<RowKeys> {
    const none = new Float64Array(0);
    const { id = none, recency = none, decided = none } = await this.#db.doubles(this.#query('SK_ID_CURR as id, recency, decided', which));
    return { id, recency, decided };
  }

  #query(select: string, which: Which): string {
    return `select ${select} from ${sqlName(this.#table)} where ${condition(which)} order by SK_ID_CURR, recency`;
  }
}

/** A fold is a whole number from 0. */
function condition(which: Which): string {
  if (which === 'unseen') return 'fold is null';
  return which === 'development' ? 'fold is not null' : `fold = ${Math.trunc(which.inside)}`;
}
