import { copyRows, type FloatMatrix } from '../../../pipeline/index.ts';

/** At most so many rows of a matrix, evenly spaced; all of it where it has no more. */
export function everyFewRows(matrix: FloatMatrix, most: number): FloatMatrix {
  if (matrix.rows <= most) return matrix;
  return copyRows({ matrix, rows: Uint32Array.from({ length: most }, (_, at) => Math.floor((at * matrix.rows) / most)) });
}
