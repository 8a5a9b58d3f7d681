import type { DMatrix, FloatMatrix, Xgboost } from '../../../../pipeline/index.ts';
import type { BoosterRows } from './booster-learner.ts';

/** Values of a book from which on its folds share one set of bins: 160 MB of floats, of which five sets would be about 500. */
const LARGE = 40_000_000;

/** Bins of a whole book that several boosters train on, each with labels and weights of its own; freed by the last. */
export interface SharedBins {
  readonly matrix: DMatrix;
  free(): void;
}

/**
 * Lends the bins of a book to learners of its parts. Five folds side by side would keep four fifths of the book as bins each: three bytes a
 * value and more. In one set, the rows that a fold is not trained on weigh nothing.
 */
export class BinsLender {
  readonly #xgb: Xgboost;
  readonly #large: number;
  #lent: { readonly of: FloatMatrix; readonly matrix: DMatrix; users: number } | null = null;

  constructor(xgb: Xgboost, large: number = LARGE) {
    this.#xgb = xgb;
    this.#large = large;
  }

  /** Null where the book is small, or where the rows are not its rows once each: then a learner makes its own. */
  lend({ train, valid, categorical }: BoosterRows, maxBin: number): SharedBins | null {
    const { matrix } = train;
    if (valid === null || valid.matrix !== matrix || matrix.rows * matrix.columns.length < this.#large) return null;
    if (!coversOnce(train.rows, valid.rows, matrix.rows)) return null;
    const lent = this.#lent?.of === matrix ? this.#lent : null;
    const use = lent ?? {
      of: matrix,
      matrix: this.#xgb.quantileMatrix(matrix, { label: new Float32Array(matrix.rows), maxBin, categorical }),
      users: 0,
    };
    use.users += 1;
    this.#lent = use;
    return {
      matrix: use.matrix,
      free: () => {
        use.users -= 1;
        if (use.users > 0) return;
        use.matrix.free();
        if (this.#lent === use) this.#lent = null;
      },
    };
  }
}

function coversOnce(some: Uint32Array, others: Uint32Array, rows: number): boolean {
  if (some.length + others.length !== rows) return false;
  const seen = new Uint8Array(rows);
  for (const list of [some, others]) for (const row of list) seen[row] = 1;
  return seen.every((value) => value === 1);
}
