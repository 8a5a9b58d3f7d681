import type { FloatMatrix } from '../duckdb/matrix.ts';
import { arrayInterface, type Library, registerCallback } from './library.ts';
import { checkShape, DMatrix, type MatrixInfo } from './matrix.ts';
import type { Handle, Out } from './signatures.ts';

export interface QuantileOptions extends MatrixInfo {
  /** Bins a column; must be the booster's `max_bin`. */
  readonly maxBin: number;
}

/**
 * A matrix for training with `tree_method: hist` that keeps bins only, about a byte a value (a plain one keeps eight and the bins as well).
 * The trees are those of the plain matrix.
 */
export function quantileMatrix(library: Library, matrix: FloatMatrix, options: QuantileOptions, threads: number): DMatrix {
  checkShape(matrix, options);
  const { calls, check } = library;
  const [proxy, out]: [Out<Handle>, Out<Handle>] = [[null], [null]];
  check(calls.XGProxyDMatrixCreate(proxy), 'make a proxy matrix');
  let delivered = false;
  const reset = registerCallback('void', () => {
    delivered = false;
  });
  // One batch a pass; the library makes several passes. 1 says "here is a batch", 0 "no more"; a failure is kept by the library.
  const next = registerCallback('int', () => {
    if (delivered) return 0;
    delivered = true;
    const data = calls.XGProxyDMatrixSetDataDense(proxy[0], arrayInterface(matrix.data, matrix.rows, matrix.columns.length));
    const weight =
      options.weight === undefined ? 0 : calls.XGDMatrixSetFloatInfo(proxy[0], 'weight', options.weight, options.weight.length);
    return data === 0 && weight === 0 ? 1 : 0;
  });
  try {
    const config = `{"missing": NaN, "nthread": ${threads}, "max_bin": ${options.maxBin}}`;
    const status = calls.XGQuantileDMatrixCreateFromCallback(null, proxy[0], null, reset.pointer, next.pointer, config, out);
    check(status, `bin a matrix of ${matrix.rows} × ${matrix.columns.length}`);
  } finally {
    reset.free();
    next.free();
    check(calls.XGDMatrixFree(proxy[0]), 'free a proxy matrix');
  }
  return new DMatrix(library, out[0], matrix, options);
}
