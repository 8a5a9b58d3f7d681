import { binnedShares } from './binned-shares.ts';
import type { DefaultTest } from './default-test.ts';
import type { DistinctTable, EvidentlyMode, NumericTable } from './distinct-table.ts';
import { referenceScale } from './tests/wasserstein.ts';

/**
 * The distance to be expected when nothing has changed and only chance divides the two parts; null for a p-value.
 * Wasserstein: √(2/π) √(1/n + 1/m) ∫√(F(1 − F)) dx over the reference's scale, as F_r − F_c is normal at each x.
 * Jensen–Shannon: √((1/n + 1/m)(B − 1)/8) over B bins in use, from its χ² limit.
 */
export function noiseFloor(test: DefaultTest, table: DistinctTable, mode: EvidentlyMode): number | null {
  const { nReference, nCurrent } = table;
  const spread = 1 / nReference + 1 / nCurrent;
  switch (test) {
    case 'wasserstein':
      return table.kind === 'num' ? (Math.sqrt((2 / Math.PI) * spread) * spreadIntegral(table)) / referenceScale(table) : null;
    case 'jensenshannon': {
      const { reference, current } = binnedShares(table, mode);
      const bins = reference.filter((share, index) => share + (current[index] ?? 0) > 0).length;
      return Math.sqrt((spread * Math.max(bins - 1, 0)) / 8);
    }
    case 'ks':
    case 'chisquare':
    case 'z':
      return null;
  }
}

/** ∫√(F(1 − F)) dx of the reference. */
function spreadIntegral({ values, reference, nReference }: NumericTable): number {
  let [below, integral] = [0, 0];
  for (let index = 0; index < values.length - 1; index++) {
    below += reference[index] ?? 0;
    const share = below / nReference;
    integral += Math.sqrt(share * (1 - share)) * ((values[index + 1] ?? 0) - (values[index] ?? 0));
  }
  return integral;
}
