import { SluiceError } from '../../errors/sluice-error.ts';
import type { FloatMatrix } from '../duckdb/matrix.ts';
import { arrayInterface, type Library } from './library.ts';
import type { Handle, Out } from '../pointer.ts';

export interface MatrixInfo {
  /** 0 or 1 a row. */
  readonly label?: Float32Array;
  readonly weight?: Float32Array;
  /** Columns that hold categories: whole numbers from 0, the same ones for the same things; trees split them by sets. All others are quantities. */
  readonly categorical?: ReadonlySet<string>;
}

/** Each column's type in XGBoost's words: q for a quantity, c for a category. Null where there are quantities only, which need not be told. */
export function featureTypes(columns: readonly string[], categorical: ReadonlySet<string> | undefined): readonly ('q' | 'c')[] | null {
  return columns.some((name) => categorical?.has(name)) ? columns.map((name) => (categorical?.has(name) === true ? 'c' : 'q')) : null;
}

/** Rows, columns and the column names inside libxgboost. Free it once with `using` or {@link DMatrix.free}. */
export class DMatrix implements Disposable {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly categorical: ReadonlySet<string>;
  readonly #library: Library;
  #handle: Handle;

  /** Takes over a handle; see {@link denseMatrix}. */
  constructor(library: Library, handle: Handle, matrix: Pick<FloatMatrix, 'rows' | 'columns'>, info: MatrixInfo) {
    this.rows = matrix.rows;
    this.columns = matrix.columns;
    this.categorical = info.categorical ?? new Set();
    this.#library = library;
    this.#handle = handle;
    // Only what is trained on needs names inside: a booster compares ours, and 700 of them cost more than a prediction.
    if (info.label !== undefined) this.#setTexts('feature_name', this.columns);
    const types = featureTypes(this.columns, this.categorical);
    if (types !== null) this.#setTexts('feature_type', types);
    if (info.label !== undefined) this.#setFloats('label', info.label);
    if (info.weight !== undefined) this.#setFloats('weight', info.weight);
  }

  /** For {@link Booster}. @throws SluiceError NATIVE_XGBOOST after free */
  get handle(): Handle {
    if (this.#handle === null) throw new SluiceError('NATIVE_XGBOOST', 'this matrix has been freed');
    return this.#handle;
  }

  /** Replaces the labels of the rows. @throws SluiceError NATIVE_XGBOOST for another number of rows */
  setLabel(label: Float32Array): void {
    if (label.length !== this.rows) throw new SluiceError('NATIVE_XGBOOST', `label has ${label.length} values for ${this.rows} rows`);
    this.#setFloats('label', label);
  }

  /** Replaces the weights of the rows; a row of weight 0 has no part in training. Bins stay as they are. @throws SluiceError NATIVE_XGBOOST for another number of rows */
  setWeight(weight: Float32Array): void {
    if (weight.length !== this.rows) throw new SluiceError('NATIVE_XGBOOST', `weight has ${weight.length} values for ${this.rows} rows`);
    this.#setFloats('weight', weight);
  }

  /** Freeing twice is harmless. */
  free(): void {
    if (this.#handle === null) return;
    const handle = this.#handle;
    this.#handle = null;
    this.#library.check(this.#library.calls.XGDMatrixFree(handle), 'free a matrix');
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #setTexts(field: 'feature_name' | 'feature_type', texts: readonly string[]): void {
    const status = this.#library.calls.XGDMatrixSetStrFeatureInfo(this.#handle, field, [...texts], texts.length);
    this.#library.check(status, `set the ${field} of the columns`);
  }

  #setFloats(field: string, values: Float32Array): void {
    this.#library.check(this.#library.calls.XGDMatrixSetFloatInfo(this.#handle, field, values, values.length), `set the ${field}`);
  }
}

/** Copies a matrix in, as it is; NaN is missing. @throws SluiceError NATIVE_XGBOOST on an infinite value, a ragged shape or a name Python would refuse */
export function denseMatrix(library: Library, matrix: FloatMatrix, info: MatrixInfo, threads: number): DMatrix {
  checkShape(matrix, info);
  const out: Out<Handle> = [null];
  const { rows, columns, data } = matrix;
  // A bare NaN is what the library's own JSON reader expects.
  const config = `{"missing": NaN, "nthread": ${threads}}`;
  library.check(
    library.calls.XGDMatrixCreateFromDense(arrayInterface(data, rows, columns.length), config, out),
    `read a matrix of ${rows} × ${columns.length}`,
  );
  return new DMatrix(library, out[0], matrix, info);
}

/** What a matrix should be; its data is null where only some rows of it count. */
type Shape = Pick<FloatMatrix, 'rows' | 'columns'> & { readonly data: Float32Array | null };

/** @throws SluiceError NATIVE_XGBOOST */
export function checkShape({ rows, columns, data }: Shape, { label, weight }: MatrixInfo): void {
  if (data !== null && data.length !== rows * columns.length) {
    throw new SluiceError(
      'NATIVE_XGBOOST',
      `a matrix of ${rows} × ${columns.length} needs ${rows * columns.length} values, got ${data.length}`,
    );
  }
  for (const [field, values] of Object.entries({ label, weight })) {
    if (values !== undefined && values.length !== rows)
      throw new SluiceError('NATIVE_XGBOOST', `${field} has ${values.length} values for ${rows} rows`);
  }
  checkNames(columns);
}

/** Lists of names that were found in order: the same one comes with every row of a server. */
const inOrder = new WeakSet<readonly string[]>();

function checkNames(columns: readonly string[]): void {
  if (inOrder.has(columns)) return;
  const unfit = columns.find((name) => /[[\]<]/.test(name));
  if (unfit !== undefined)
    throw new SluiceError('NATIVE_XGBOOST', `feature "${unfit}": XGBoost in Python refuses names with [, ] or <`, {
      hint: 'Rename the feature.',
    });
  if (new Set(columns).size !== columns.length) {
    const twice = columns.find((name, index) => columns.indexOf(name) !== index);
    throw new SluiceError('NATIVE_XGBOOST', `feature "${twice}" is there twice`);
  }
  inOrder.add(columns);
}
