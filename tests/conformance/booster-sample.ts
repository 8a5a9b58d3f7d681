import type { FloatMatrix } from '../../pipeline/index.ts';

export interface BoosterSample {
  readonly matrix: FloatMatrix & { readonly data: Float32Array<ArrayBuffer> };
  readonly label: Float32Array<ArrayBuffer>;
}

/** The column of {@link boosterSample} that holds categories 0 to 11, unevenly many of each, each with a risk of its own. */
export const CATEGORY = 'kind_of_work';

/** 1,500 rows of seven columns, one of them always missing, one of categories; labels with noise. */
export function boosterSample(): BoosterSample {
  const columns = ['EXT_SOURCE_2', 'AMT_CREDIT', 'term', 'missing', 'flag', 'rest', CATEGORY];
  const noise = (seed: number): number => Math.sin(seed * 12.9898) * 43_758.547 - Math.floor(Math.sin(seed * 12.9898) * 43_758.547);
  const rows = 1500;
  const data = new Float32Array(rows * columns.length);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = (offset: number): number => noise(row * 5 + offset);
    const kind = row % 13 === 0 ? Number.NaN : Math.floor(at(6) ** 2 * 12);
    data.set([row % 9 === 0 ? Number.NaN : at(1), at(2) * 1e6, at(3) * 60, Number.NaN, row % 2, at(4), kind], row * columns.length);
    label[row] = 0.6 * at(1) + 0.3 * at(2) + 0.4 * at(5) + (kind % 3 === 1 ? 0.3 : 0) > 0.95 ? 1 : 0;
  }
  return { matrix: { rows, columns, data }, label };
}
