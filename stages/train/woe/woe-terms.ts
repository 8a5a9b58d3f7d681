import type { WoeTerm } from '../../scoring/model/linear-terms.ts';
import type { LabelledRows } from '../trainers/trainer.ts';
import { binColumn, type BinnedColumn, type BinOptions } from './bin-column.ts';

export interface WoeColumn {
  /** Column of the matrix. */
  readonly feature: number;
  readonly binned: BinnedColumn;
}

export interface WoeOptions extends Omit<BinOptions, 'trend'> {
  /** Which way each column's share of defaults may go. */
  readonly trends: readonly BinOptions['trend'][];
  /** Columns with less information value are left out. */
  readonly minValue: number;
}

/** The columns worth keeping, in the matrix's order. Looks at the labels: only training rows may come here. */
export function woeColumns(
  { matrix, rows, label, weight }: LabelledRows,
  { trends, minValue, ...options }: WoeOptions,
): readonly WoeColumn[] {
  const width = matrix.columns.length;
  const found: WoeColumn[] = [];
  const values = new Float32Array(rows.length);
  for (let feature = 0; feature < width; feature++) {
    for (let at = 0; at < rows.length; at++) values[at] = matrix.data[(rows[at] ?? 0) * width + feature] ?? Number.NaN;
    const binned = binColumn({ values, label, weight }, { ...options, trend: trends[feature] ?? 'either' });
    if (binned.informationValue >= minValue && binned.informationValue > 0) found.push({ feature, binned });
  }
  return found;
}

/** As an input of a linear model, its coefficient still 0. */
export function woeTerm({ feature, binned }: WoeColumn): WoeTerm {
  const { edges, woe, missingWoe, meanWoe } = binned;
  return { kind: 'woe', feature, edges: [...edges], woe: [...woe], missing: missingWoe, mean: meanWoe, coefficient: 0 };
}
