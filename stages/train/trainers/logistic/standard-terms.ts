import { SluiceError } from '../../../../pipeline/index.ts';
import type { LinearTerm } from '../../../scoring/model/linear-terms.ts';
import type { RowView } from '../../row-view.ts';

export interface StandardOptions {
  readonly clip: number;
  /** One input more for each set of rows where some column is unknown. */
  readonly missingIndicators: boolean;
}

interface ColumnFacts {
  readonly mean: number;
  /** n below, as scikit-learn's StandardScaler. */
  readonly deviation: number;
  readonly known: number;
  /** Same number, same rows where it is unknown. */
  readonly pattern: string;
}

/**
 * The inputs of a linear model, coefficients still 0. A column with one value is none; columns that are unknown in the very same
 * rows share one indicator, that of the first.
 * @throws SluiceError DATA_BAD_VALUE for an infinite value
 */
export function standardTerms(view: RowView, { clip, missingIndicators }: StandardOptions): readonly LinearTerm[] {
  const facts = columnFacts(view);
  const rows = view.rows.length;
  const terms: LinearTerm[] = [];
  facts.forEach(({ mean, deviation, known }, feature) => {
    // Rounding alone gives a constant column a deviation of some 1e-16 of its mean.
    if (known > 0 && deviation > 1e-9 * Math.abs(mean)) terms.push({ kind: 'standard', feature, mean, deviation, clip, coefficient: 0 });
  });
  if (!missingIndicators) return terms;
  const seen = new Set<string>();
  facts.forEach(({ known, pattern }, feature) => {
    if (known === 0 || known === rows || seen.has(pattern)) return;
    seen.add(pattern);
    terms.push({ kind: 'missing', feature, share: 1 - known / rows, coefficient: 0 });
  });
  return terms;
}

/** One a column, by two passes over the rows. */
function columnFacts({ matrix, rows }: RowView): readonly ColumnFacts[] {
  const width = matrix.columns.length;
  const [sum, squares, known] = [new Float64Array(width), new Float64Array(width), new Uint32Array(width)];
  const patterns = [new Uint32Array(width), new Uint32Array(width)] as const;
  for (let at = 0; at < rows.length; at++) {
    const start = (rows[at] ?? 0) * width;
    for (let column = 0; column < width; column++) {
      const value = matrix.data[start + column] ?? Number.NaN;
      if (Number.isNaN(value)) {
        patterns[0][column] = Math.imul((patterns[0][column] ?? 0) ^ (at + 1), 0x9e3779b1);
        patterns[1][column] = Math.imul((patterns[1][column] ?? 0) + at + 1, 0x85ebca6b);
      } else {
        sum[column] = (sum[column] ?? 0) + value;
        known[column] = (known[column] ?? 0) + 1;
      }
    }
  }
  const mean = sum.map((value, column) => value / (known[column] ?? 0));
  for (let at = 0; at < rows.length; at++) {
    const start = (rows[at] ?? 0) * width;
    for (let column = 0; column < width; column++) {
      const distance = (matrix.data[start + column] ?? Number.NaN) - (mean[column] ?? 0);
      if (!Number.isNaN(distance)) squares[column] = (squares[column] ?? 0) + distance * distance;
    }
  }
  return matrix.columns.map((name, column) => {
    const count = known[column] ?? 0;
    if (count > 0 && !Number.isFinite(mean[column])) throw infinite(name);
    const deviation = Math.sqrt((squares[column] ?? 0) / count);
    return { mean: mean[column] ?? 0, deviation, known: count, pattern: `${count}-${patterns[0][column]}-${patterns[1][column]}` };
  });
}

function infinite(name: string): SluiceError {
  return new SluiceError('DATA_BAD_VALUE', `the feature ${name} has an infinite value, which a linear model cannot take`, {
    hint: 'Make it null where the ratio has no denominator; trees would take it, too: params.train.trainer=xgboost.',
  });
}
