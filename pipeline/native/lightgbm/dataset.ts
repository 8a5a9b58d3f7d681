import { SluiceError } from '../../errors/sluice-error.ts';
import type { RowView } from '../row-view.ts';
import { type Library, rowRuns } from './library.ts';
import { parameterText, type LightgbmParams } from './parameters.ts';
import type { Handle, Out } from '../pointer.ts';

export const FLOAT32 = 0;

export interface DatasetInfo {
  /** What the booster will be given: some of it decides on the bins. */
  readonly params: LightgbmParams;
  /** 0 or 1 a row of the view. */
  readonly label?: Float32Array;
  readonly weight?: Float32Array;
  /** Takes the bins of another dataset: for validation rows. */
  readonly reference?: Dataset;
}

/** Rows as bins inside lib_lightgbm, for training. Free it once with `using` or {@link Dataset.free}. */
export class Dataset implements Disposable {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly #library: Library;
  #handle: Handle;

  /** Reads the rows where they lie: nothing is copied but their bins. NaN is missing. @throws SluiceError NATIVE_LIGHTGBM */
  constructor(library: Library, view: RowView, { params, label, weight, reference }: DatasetInfo) {
    const { matrix } = view;
    checkShape(view, { label, weight });
    this.#library = library;
    this.rows = view.rows.length;
    this.columns = matrix.columns;
    const { addresses, lengths } = rowRuns(view);
    const out: Out<Handle> = [null];
    const rowMajor = new Int32Array(lengths.length).fill(1);
    library.check(
      library.calls.LGBM_DatasetCreateFromMats(
        lengths.length,
        addresses,
        FLOAT32,
        lengths,
        matrix.columns.length,
        rowMajor,
        parameterText(params),
        reference?.handle ?? null,
        out,
      ),
      `bin a matrix of ${this.rows} × ${matrix.columns.length}`,
    );
    this.#handle = out[0];
    const names = lightgbmNames(matrix.columns);
    library.check(library.calls.LGBM_DatasetSetFeatureNames(this.#handle, names, names.length), 'name the features');
    if (label !== undefined) this.#setFloats('label', label);
    if (weight !== undefined) this.#setFloats('weight', weight);
  }

  /** @throws SluiceError NATIVE_LIGHTGBM after free */
  get handle(): Handle {
    if (this.#handle === null) throw new SluiceError('NATIVE_LIGHTGBM', 'this dataset has been freed');
    return this.#handle;
  }

  /** Freeing twice is harmless. */
  free(): void {
    if (this.#handle === null) return;
    const handle = this.#handle;
    this.#handle = null;
    this.#library.check(this.#library.calls.LGBM_DatasetFree(handle), 'free a dataset');
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #setFloats(field: string, values: Float32Array): void {
    this.#library.check(this.#library.calls.LGBM_DatasetSetField(this.#handle, field, values, values.length, FLOAT32), `set the ${field}`);
  }
}

/** As the library can hold them: it refuses JSON's special characters and turns spaces into underscores. Different names stay different. */
export function lightgbmNames(names: readonly string[]): readonly string[] {
  const known = written.get(names);
  if (known !== undefined) return known;
  const made = writeNames(names);
  written.set(names, made);
  return made;
}

/** The same list comes with every row of a server. */
const written = new WeakMap<readonly string[], readonly string[]>();

function writeNames(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.map((name, index) => {
    const plain = name.replaceAll(/[\s",:[\]{}]/g, '_');
    const own = seen.has(plain) ? `${plain}_${index}` : plain;
    seen.add(own);
    return own;
  });
}

function checkShape({ matrix, rows }: RowView, fields: Readonly<Record<string, Float32Array | undefined>>): void {
  const { columns, data } = matrix;
  if (data.length !== matrix.rows * columns.length) {
    throw new SluiceError(
      'NATIVE_LIGHTGBM',
      `a matrix of ${matrix.rows} × ${columns.length} needs ${matrix.rows * columns.length} values, got ${data.length}`,
    );
  }
  const beyond = rows.find((row) => row >= matrix.rows);
  if (beyond !== undefined) throw new SluiceError('NATIVE_LIGHTGBM', `row ${beyond} of a matrix of ${matrix.rows} rows does not exist`);
  for (const [field, values] of Object.entries(fields)) {
    if (values !== undefined && values.length !== rows.length)
      throw new SluiceError('NATIVE_LIGHTGBM', `${field} has ${values.length} values for ${rows.length} rows`);
  }
}
