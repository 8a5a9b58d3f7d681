import { type LinearTerm, termInput } from '../../../scoring/model/linear-terms.ts';
import type { RowView } from '../../row-view.ts';
import type { Design } from './design.ts';

/** The terms' inputs for some rows. */
export function termDesign(terms: readonly LinearTerm[], { matrix, rows }: RowView): Design {
  const [width, columns] = [terms.length, matrix.columns.length];
  const data = new Float32Array(rows.length * width);
  // Term by term, so that each works on one kind at a time.
  terms.forEach((term, at) => {
    for (let row = 0; row < rows.length; row++) {
      data[row * width + at] = termInput(term, matrix.data[(rows[row] ?? 0) * columns + term.feature] ?? Number.NaN);
    }
  });
  return { rows: rows.length, width, data };
}

/** The terms with the coefficients that a fit found. */
export function withCoefficients(terms: readonly LinearTerm[], weights: Float64Array): readonly LinearTerm[] {
  return terms.map((term, at) => ({ ...term, coefficient: weights[at] ?? 0 }));
}
