import { SluiceError } from '../../errors/sluice-error.ts';
import type { RowView } from '../row-view.ts';
import { type Dataset, FLOAT32, lightgbmNames } from './dataset.ts';
import { type Library, rowAddresses } from './library.ts';
import { type LightgbmParams, parameterText } from './parameters.ts';
import type { Handle, Out } from '../pointer.ts';

const PREDICTION_TYPES = { value: 0, margin: 1, contributions: 3 } as const;
/** What Python's `save_model` adds for tables of pandas with categories; there are none here. */
const PYTHON_TAIL = '\npandas_categorical:null\n';

export interface TreePredictOptions {
  /** value: the objective's output (a probability for binary); margin: log-odds; contributions: exact TreeSHAP in log-odds. */
  readonly type: keyof typeof PREDICTION_TYPES;
  /** The rounds to use, from 0; all when left out. */
  readonly from?: number;
  readonly count?: number;
}

export interface NewBooster {
  readonly train: Dataset;
  readonly valid: Dataset | null;
  readonly params: LightgbmParams;
  readonly threads: number;
}

/** A boosted model inside lib_lightgbm. Free it once with `using` or {@link TreeBooster.free}. */
export class TreeBooster implements Disposable {
  /** As the library holds them, see {@link lightgbmNames}; in the order of the model's matrix. */
  readonly featureNames: readonly string[];
  readonly #library: Library;
  readonly #threads: number;
  #handle: Handle;

  /** Takes over a handle. */
  constructor(
    library: Library,
    handle: Handle,
    { featureNames, threads }: { readonly featureNames: readonly string[]; readonly threads: number },
  ) {
    this.#library = library;
    this.#handle = handle;
    this.#threads = threads;
    this.featureNames = featureNames;
  }

  /** An empty model. A parameter that LightGBM does not know is refused. */
  static create(library: Library, { train, valid, params, threads }: NewBooster): TreeBooster {
    const out: Out<Handle> = [null];
    library.calls.LGBM_SetMaxThreads(threads);
    library.check(library.calls.LGBM_BoosterCreate(train.handle, parameterText(params), out), 'make a booster');
    const booster = new TreeBooster(library, out[0], { featureNames: lightgbmNames(train.columns), threads });
    if (valid !== null) library.check(library.calls.LGBM_BoosterAddValidData(booster.handle, valid.handle), 'follow the validation rows');
    return booster;
  }

  /** Boosting rounds done. */
  get rounds(): number {
    const out: Out<number> = [0];
    this.#library.check(this.#library.calls.LGBM_BoosterGetCurrentIteration(this.handle, out), 'count the rounds');
    return out[0];
  }

  /** @throws SluiceError NATIVE_LIGHTGBM after free */
  get handle(): Handle {
    if (this.#handle === null) throw new SluiceError('NATIVE_LIGHTGBM', 'this booster has been freed');
    return this.#handle;
  }

  /** One boosting round. @returns whether its tree has a split */
  update(): boolean {
    const empty: Out<number> = [0];
    this.#library.calls.LGBM_SetMaxThreads(this.#threads);
    this.#library.check(this.#library.calls.LGBM_BoosterUpdateOneIter(this.handle, empty), 'train a round');
    return empty[0] === 0;
  }

  /**
   * Predictions: one a row, or `columns + 1` a row for contributions (the last is the bias), row-major. Rows are read where they lie.
   * @throws SluiceError NATIVE_LIGHTGBM when the matrix's names, order or count are not the model's
   */
  predict(view: RowView, { type, from = 0, count = -1 }: TreePredictOptions): Float64Array {
    const { matrix, rows } = view;
    this.#checkColumns(matrix.columns);
    const width = matrix.columns.length;
    const result = new Float64Array(rows.length * (type === 'contributions' ? width + 1 : 1));
    if (rows.length === 0) return result;
    const length: Out<number> = [0];
    const { calls, check } = this.#library;
    calls.LGBM_SetMaxThreads(this.#threads);
    check(
      calls.LGBM_BoosterPredictForMats(
        this.handle,
        rowAddresses(view),
        FLOAT32,
        rows.length,
        width,
        PREDICTION_TYPES[type],
        from,
        count,
        'verbosity=0',
        length,
        result,
      ),
      `predict ${rows.length} rows`,
    );
    return result;
  }

  /** Probabilities of a dataset's rows after the rounds so far, which the library keeps up to date: cheap. */
  followed(which: 'train' | 'valid', rows: number): Float64Array {
    const [length, result]: [Out<number>, Float64Array] = [[0], new Float64Array(rows)];
    const { calls, check } = this.#library;
    check(calls.LGBM_BoosterGetPredict(this.handle, which === 'train' ? 0 : 1, length, result), `read the predictions of ${which}`);
    return result;
  }

  /** The model's bytes, as Python's `save_model` writes them. */
  toBuffer(): Uint8Array {
    const { calls, check } = this.#library;
    let text = new Uint8Array(1 << 20);
    for (;;) {
      const length: Out<number> = [0];
      check(calls.LGBM_BoosterSaveModelToString(this.handle, 0, -1, 0, text.length, length, text), 'save the model');
      // The length counts a zero byte at the end.
      if (length[0] <= text.length) return Buffer.concat([text.subarray(0, length[0] - 1), Buffer.from(PYTHON_TAIL)]);
      text = new Uint8Array(length[0]);
    }
  }

  /** Freeing twice is harmless. */
  free(): void {
    if (this.#handle === null) return;
    const handle = this.#handle;
    this.#handle = null;
    this.#library.check(this.#library.calls.LGBM_BoosterFree(handle), 'free a booster');
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** The library would take others and predict something. */
  #checkColumns(columns: readonly string[]): void {
    const names = this.featureNames;
    if (columns.length !== names.length)
      throw new SluiceError('NATIVE_LIGHTGBM', `the model has ${names.length} features, the matrix ${columns.length}`);
    const given = lightgbmNames(columns);
    const at = names.findIndex((name, index) => name !== given[index]);
    if (at < 0) return;
    throw new SluiceError('NATIVE_LIGHTGBM', `feature ${at + 1} of the model is "${names[at]}", of the matrix "${columns[at]}"`, {
      hint: "Select the columns by the model's features, in that order.",
    });
  }
}
