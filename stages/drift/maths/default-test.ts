import type { DistinctTable } from './distinct-table.ts';

/** A reference of more rows than this is judged by distances, a smaller one by p-values. */
const SMALL_REFERENCE = 1000;

export type DefaultTest = 'z' | 'chisquare' | 'ks' | 'jensenshannon' | 'wasserstein';

/** Evidently's choice of test from the cleaned reference's rows, the column's kind and the distinct values of both parts. */
export function defaultTest(table: DistinctTable): DefaultTest {
  const distinct = table.reference.length;
  if (table.nReference > SMALL_REFERENCE) return table.kind === 'num' && distinct > 5 ? 'wasserstein' : 'jensenshannon';
  if (distinct <= 2) return 'z';
  return table.kind === 'num' && distinct > 5 ? 'ks' : 'chisquare';
}
