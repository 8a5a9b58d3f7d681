import { SluiceError } from '../../errors/sluice-error.ts';
import type { FloatMatrix } from '../duckdb/matrix.ts';
import { arrayInterface, copyBytes, copyFloats, copySizes, copyStrings, type Library } from './library.ts';
import { checkShape, type DMatrix, featureTypes } from './matrix.ts';
import type { Handle, Out } from '../pointer.ts';

export type BoosterParams = Readonly<Record<string, string | number>>;

const PREDICTION_TYPES = { value: 0, margin: 1, contributions: 2 } as const;

export interface PredictOptions {
  /** value: the objective's output (a probability for binary:logistic); margin: log-odds; contributions: exact TreeSHAP in log-odds. */
  readonly type: keyof typeof PREDICTION_TYPES;
  /** Use the first so many rounds only; all when left out. */
  readonly iterationEnd?: number;
}

/** A boosted model inside libxgboost. Free it once with `using` or {@link Booster.free}. */
export class Booster implements Disposable {
  readonly #library: Library;
  #handle: Handle;
  #names: readonly string[];
  #categorical: ReadonlySet<string> = new Set();

  private constructor(library: Library, handle: Handle) {
    this.#library = library;
    this.#handle = handle;
    this.#names = [];
  }

  /** An empty model. A parameter that XGBoost does not know is refused at the first round. @param cache matrices of one column list whose predictions are kept between rounds */
  static create(library: Library, params: BoosterParams, cache: readonly DMatrix[]): Booster {
    const out: Out<Handle> = [null];
    library.check(
      library.calls.XGBoosterCreate(
        cache.map((matrix) => matrix.handle),
        cache.length,
        out,
      ),
      'make a booster',
    );
    const booster = new Booster(library, out[0]);
    try {
      for (const [name, value] of Object.entries({ validate_parameters: 1, verbosity: 1, ...params }))
        booster.#setParam(name, String(value));
      if (cache[0] !== undefined) booster.#setColumns(cache[0]);
    } catch (error) {
      booster.free();
      throw error;
    }
    return booster;
  }

  /** A model from bytes that are known to be whole; see {@link loadModel}. */
  static fromBytes(library: Library, bytes: Uint8Array, threads: number): Booster {
    const booster = Booster.create(library, { nthread: threads }, []);
    try {
      // The library reads past the length it is given while it looks for the end: zeros stop it.
      const padded = new Uint8Array(bytes.length + 64);
      padded.set(bytes);
      library.check(library.calls.XGBoosterLoadModelFromBuffer(booster.handle, padded, bytes.length), 'read the model');
      booster.#names = booster.#readTexts('feature_name');
      const types = booster.#readTexts('feature_type');
      booster.#categorical = new Set(booster.#names.filter((_, at) => types[at] === 'c'));
    } catch (error) {
      booster.free();
      throw error;
    }
    return booster;
  }

  /** Column names in the order of the model's matrix; empty for a model saved without them. */
  get featureNames(): readonly string[] {
    return this.#names;
  }

  /** Names of the features that trees split by sets of categories. */
  get categoricalFeatures(): ReadonlySet<string> {
    return this.#categorical;
  }

  get featureCount(): number {
    const out: Out<number> = [0];
    this.#check(this.#library.calls.XGBoosterGetNumFeature(this.handle, out), 'count the features');
    return out[0];
  }

  /** Boosting rounds done. */
  get rounds(): number {
    const out: Out<number> = [0];
    this.#check(this.#library.calls.XGBoosterBoostedRounds(this.handle, out), 'count the rounds');
    return out[0];
  }

  /** @throws SluiceError NATIVE_XGBOOST after free */
  get handle(): Handle {
    if (this.#handle === null) throw new SluiceError('NATIVE_XGBOOST', 'this booster has been freed');
    return this.#handle;
  }

  /** One boosting round on a labelled matrix. @param iteration counts from 0; it seeds the round's sampling */
  update(iteration: number, matrix: DMatrix): void {
    if (this.#names.length === 0) this.#setColumns(matrix);
    this.#checkColumns(matrix);
    this.#check(this.#library.calls.XGBoosterUpdateOneIter(this.handle, iteration, matrix.handle), `train round ${iteration}`);
  }

  /**
   * Predictions, copied out: one a row, or `columns + 1` a row for contributions (the last is the bias), row-major. With all rounds, a matrix of
   * the cache costs only the rounds since its last prediction.
   * @throws SluiceError NATIVE_XGBOOST when the matrix's names, order or count are not the model's
   */
  predict(matrix: DMatrix, { type, iterationEnd = 0 }: PredictOptions): Float32Array {
    this.#checkColumns(matrix);
    const config = { type: PREDICTION_TYPES[type], training: false, iteration_begin: 0, iteration_end: iterationEnd, strict_shape: false };
    return this.#predicted(matrix.rows, (...out) =>
      this.#library.calls.XGBoosterPredictFromDMatrix(this.handle, matrix.handle, JSON.stringify(config), ...out),
    );
  }

  /**
   * The objective's output of rows as they lie, NaN missing: the same bits as of a matrix made of them, without the time and the memory to make one. It must hold no infinite value.
   * @throws SluiceError NATIVE_XGBOOST as {@link Booster.predict}
   */
  predictInPlace(matrix: FloatMatrix): Float32Array {
    const { rows, columns, data } = matrix;
    checkShape(matrix, {});
    this.#checkColumns(matrix);
    if (rows === 0) return new Float32Array(0);
    // A bare NaN is what the library's own JSON reader expects.
    const config = '{"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"missing":NaN,"cache_id":0}';
    return this.#predicted(rows, (...out) =>
      this.#library.calls.XGBoosterPredictFromDense(this.handle, arrayInterface(data, rows, columns.length), config, null, ...out),
    );
  }

  /** @param path ends in `.ubj` or `.json` */
  save(path: string): void {
    if (!/\.(ubj|json)$/.test(path)) throw new SluiceError('NATIVE_XGBOOST', `${path}: a model is saved as .ubj or .json`);
    this.#check(this.#library.calls.XGBoosterSaveModel(this.handle, path), `save ${path}`);
  }

  /** The model's bytes, as {@link save} writes them. */
  toBuffer(format: 'ubj' | 'json' = 'ubj'): Uint8Array {
    const [length, data]: [Out<number>, Out<Handle>] = [[0], [null]];
    this.#check(this.#library.calls.XGBoosterSaveModelToBuffer(this.handle, JSON.stringify({ format }), length, data), 'save the model');
    return copyBytes(data[0], length[0]);
  }

  /** Freeing twice is harmless. */
  free(): void {
    if (this.#handle === null) return;
    const handle = this.#handle;
    this.#handle = null;
    this.#check(this.#library.calls.XGBoosterFree(handle), 'free a booster');
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** Calls the library and copies out what it says of so many rows. */
  #predicted(rows: number, call: (shape: Out<Handle>, dim: Out<number>, result: Out<Handle>) => number): Float32Array {
    const [shape, dim, result]: [Out<Handle>, Out<number>, Out<Handle>] = [[null], [0], [null]];
    this.#check(call(shape, dim, result), `predict ${rows} rows`);
    const length = copySizes(shape[0], dim[0]).reduce((product, size) => product * size, 1);
    return copyFloats(result[0], length);
  }

  #check(status: number, doing: string): void {
    this.#library.check(status, doing);
  }

  #setParam(name: string, value: string): void {
    this.#check(this.#library.calls.XGBoosterSetParam(this.handle, name, value), `set ${name}=${value}`);
  }

  #setColumns({ columns, categorical }: Pick<DMatrix, 'columns' | 'categorical'>): void {
    this.#setTexts('feature_name', columns);
    const types = featureTypes(columns, categorical);
    if (types !== null) this.#setTexts('feature_type', types);
    this.#names = columns;
    this.#categorical = categorical;
  }

  #setTexts(field: 'feature_name' | 'feature_type', texts: readonly string[]): void {
    this.#check(
      this.#library.calls.XGBoosterSetStrFeatureInfo(this.handle, field, [...texts], texts.length),
      `set the ${field} of the features`,
    );
  }

  #readTexts(field: 'feature_name' | 'feature_type'): string[] {
    const [length, features]: [Out<number>, Out<Handle>] = [[0], [null]];
    this.#check(this.#library.calls.XGBoosterGetStrFeatureInfo(this.handle, field, length, features), `read the ${field} of the features`);
    return copyStrings(features[0], length[0]);
  }

  /** The library would take fewer columns, or others, and predict something. */
  #checkColumns(matrix: Pick<DMatrix, 'columns'>): void {
    const expected = this.#names.length > 0 ? this.#names.length : this.featureCount;
    if (matrix.columns.length !== expected) {
      throw new SluiceError('NATIVE_XGBOOST', `the model has ${expected} features, the matrix ${matrix.columns.length}`, {
        data: missingAndExtra(this.#names, matrix.columns),
      });
    }
    if (this.#names === matrix.columns) return;
    const at = this.#names.findIndex((name, index) => name !== matrix.columns[index]);
    if (at >= 0) {
      throw new SluiceError(
        'NATIVE_XGBOOST',
        `feature ${at + 1} of the model is "${this.#names[at]}", of the matrix "${matrix.columns[at]}"`,
        {
          hint: "Select the columns by the model's featureNames, in that order.",
          data: missingAndExtra(this.#names, matrix.columns),
        },
      );
    }
  }
}

function missingAndExtra(model: readonly string[], matrix: readonly string[]): Record<string, readonly string[]> {
  return { missing: model.filter((name) => !matrix.includes(name)), extra: matrix.filter((name) => !model.includes(name)) };
}
