import { copyRows, type FloatMatrix } from '../../../pipeline/index.ts';

/** More rows than about this say no more of two populations, and cost time and memory. */
export const ENOUGH_ROWS = 20_000;

/** At most so many rows of a matrix, evenly spaced; all of it where it has no more. */
export function everyFewRows(matrix: FloatMatrix, most: number): FloatMatrix {
  return matrix.rows <= most ? matrix : copyRows({ matrix, rows: placesOf(matrix.rows, most) });
}

/** Which rows those are. */
export function placesOf(rows: number, most: number): Uint32Array {
  return rows <= most
    ? Uint32Array.from({ length: rows }, (_, at) => at)
    : Uint32Array.from({ length: most }, (_, at) => Math.floor((at * rows) / most));
}
