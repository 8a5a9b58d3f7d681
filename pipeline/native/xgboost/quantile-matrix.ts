import { batchBuffer, isWhole, rowBatches, type RowView } from '../row-view.ts';
import { arrayInterface, type Library, registerCallback } from './library.ts';
import { checkShape, DMatrix, featureTypes, type MatrixInfo } from './matrix.ts';
import type { Handle, Out } from '../pointer.ts';

export interface QuantileOptions extends MatrixInfo {
  /** Bins a column; must be the booster's `max_bin`. */
  readonly maxBin: number;
  /** Takes the bins of another matrix: for validation rows. */
  readonly reference?: DMatrix;
  /** Rows that are copied at a time where the view is not its whole matrix. */
  readonly batchRows?: number;
}

/** 65,536 rows of 700 columns are 184 MB. */
const BATCH_ROWS = 65_536;

/**
 * A matrix for training with `tree_method: hist` that keeps bins only, about a byte a value (a plain one keeps eight and the bins
 * as well). The trees are those of the plain matrix. A whole matrix is read where it lies; of some rows of one, a batch at a time
 * is copied, so that they never exist twice. Bins of several batches come from merged sketches: they may differ a little
 * from those of one, as Python's do when it is fed the same batches.
 */
export function quantileMatrix(library: Library, view: RowView, options: QuantileOptions, threads: number): DMatrix {
  const { maxBin, reference, batchRows = BATCH_ROWS } = options;
  const shape = { rows: view.rows.length, columns: view.matrix.columns };
  checkShape(isWhole(view) ? view.matrix : { ...shape, data: null }, options);
  const { calls, check } = library;
  const [proxy, out]: [Out<Handle>, Out<Handle>] = [[null], [null]];
  check(calls.XGProxyDMatrixCreate(proxy), 'make a proxy matrix');
  const source = batchSource(library, { proxy: proxy[0], view, batchRows, ...options });
  const reset = registerCallback('void', source.reset);
  const next = registerCallback('int', source.next);
  try {
    const config = `{"missing": NaN, "nthread": ${threads}, "max_bin": ${maxBin}}`;
    const status = calls.XGQuantileDMatrixCreateFromCallback(
      null,
      proxy[0],
      reference?.handle ?? null,
      reset.pointer,
      next.pointer,
      config,
      out,
    );
    source.rethrow();
    check(status, `bin a matrix of ${shape.rows} × ${shape.columns.length}`);
  } finally {
    reset.free();
    next.free();
    check(calls.XGDMatrixFree(proxy[0]), 'free a proxy matrix');
  }
  return new DMatrix(library, out[0], shape, options);
}

interface SourceOptions {
  readonly proxy: Handle;
  readonly view: RowView;
  readonly batchRows: number;
  readonly weight?: Float32Array;
  readonly categorical?: ReadonlySet<string>;
}

/** What the library calls: it makes several passes. 1 says "here is a batch", 0 "no more", which it also takes a failure for: those are thrown afterwards. */
function batchSource({ calls, check }: Library, { proxy, view, batchRows, weight, categorical }: SourceOptions) {
  const types = featureTypes(view.matrix.columns, categorical);
  // One for all passes: what a pass leaves behind is collected too late.
  const buffer = batchBuffer(view, batchRows);
  let batches = rowBatches(view, batchRows, buffer);
  let at = 0;
  const failures: unknown[] = [];
  const feed = (): 0 | 1 => {
    const { value: batch, done } = batches.next();
    if (done === true) return 0;
    check(calls.XGProxyDMatrixSetDataDense(proxy, arrayInterface(batch.data, batch.rows, batch.columns.length)), 'take a batch');
    if (types !== null)
      check(calls.XGDMatrixSetStrFeatureInfo(proxy, 'feature_type', [...types], types.length), 'take the types of the columns');
    const own = weight?.subarray(at, at + batch.rows);
    if (own !== undefined) check(calls.XGDMatrixSetFloatInfo(proxy, 'weight', own, own.length), 'take the weights of a batch');
    at += batch.rows;
    return 1;
  };
  return {
    reset: (): void => {
      batches = rowBatches(view, batchRows, buffer);
      at = 0;
    },
    next: (): 0 | 1 => {
      try {
        return feed();
      } catch (error) {
        failures.push(error);
        return 0;
      }
    },
    rethrow: (): void => {
      if (failures.length > 0) throw failures[0];
    },
  };
}
