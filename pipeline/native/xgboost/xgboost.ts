import process from 'node:process';
import type { FloatMatrix } from '../duckdb/matrix.ts';
import { type RowView, wholeView } from '../row-view.ts';
import { Booster, type BoosterParams } from './booster.ts';
import { type Library, loadLibrary } from './library.ts';
import { loadModel } from './load-model.ts';
import { locateXgboost } from './locate-library.ts';
import { type DMatrix, denseMatrix, type MatrixInfo } from './matrix.ts';
import { quantileMatrix, type QuantileOptions } from './quantile-matrix.ts';
import { validationMatrix } from './validation-matrix.ts';

export interface XgboostOptions {
  /** Whose `.venv` is looked at; the working directory by default. */
  readonly projectDir?: string;
  /** Threads of OpenMP; results do not depend on it. */
  readonly threads: number;
}

/** The only door to libxgboost. Calls are synchronous: they block the event loop for as long as they take. */
export class Xgboost {
  readonly #library: Library;
  readonly #threads: number;

  constructor(library: Library, threads: number) {
    this.#library = library;
    this.#threads = threads;
  }

  /** Such as "3.2.0". */
  get version(): string {
    return this.#library.version;
  }

  get path(): string {
    return this.#library.path;
  }

  /** Copies a matrix in; NaN is missing. */
  matrix(matrix: FloatMatrix, info: MatrixInfo = {}): DMatrix {
    return denseMatrix(this.#library, matrix, info, this.#threads);
  }

  /** As {@link Xgboost.matrix}, in an eighth of the memory, for training. @param rows a matrix, or some rows of one */
  quantileMatrix(rows: FloatMatrix | RowView, options: QuantileOptions): DMatrix {
    return quantileMatrix(this.#library, 'matrix' in rows ? rows : wholeView(rows), options, this.#threads);
  }

  /** Rows to follow a model by while it trains on others. @param train its training matrix */
  validationMatrix(view: RowView, train: { readonly bins: DMatrix; readonly maxBin: number }): DMatrix {
    return validationMatrix(this.#library, view, train, this.#threads);
  }

  /** An empty model; `nthread` comes from the options. @param cache see {@link Booster.create} */
  booster(params: BoosterParams, cache: readonly DMatrix[] = []): Booster {
    return Booster.create(this.#library, { nthread: this.#threads, ...params }, cache);
  }

  /** A saved model. @throws SluiceError MODEL_DAMAGED */
  loadModel(source: Uint8Array | string, expectedSha256?: string): Booster {
    return loadModel(this.#library, source, { threads: this.#threads, ...(expectedSha256 === undefined ? {} : { expectedSha256 }) });
  }
}

/** Finds and loads libxgboost. @throws SluiceError NATIVE_NOT_FOUND */
export function openXgboost({ projectDir = process.cwd(), threads }: XgboostOptions): Xgboost {
  return new Xgboost(loadLibrary(locateXgboost(projectDir)), threads);
}
