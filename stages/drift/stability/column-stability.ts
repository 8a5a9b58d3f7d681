import { psiBins, psiOfBins } from '../maths/banking-psi.ts';
import type { DistinctTable } from '../maths/distinct-table.ts';
import { levelChanges } from './level-changes.ts';
import { outOfRange } from './out-of-range.ts';
import { psiEvidence } from './psi-evidence.ts';
import { columnMeasures } from './column-measures.ts';
import type { Measures, Stability } from './stability-schema.ts';

export interface ColumnStability {
  /** Banking PSI with a bin for missing values. */
  readonly psi: number;
  /** Its evidence; pAdjusted stays null until all columns are known. */
  readonly stability: Stability;
  readonly measures: Measures;
}

/** Population stability of one column, what of it is due to missing values, and whether it can be chance. */
export function columnStability(table: DistinctTable, missing: { readonly reference: number; readonly current: number }): ColumnStability {
  const bins = psiBins(table, missing);
  const psi = psiOfBins(bins);
  const missingPart = psiOfBins({
    reference: [missing.reference, table.nReference],
    current: [missing.current, table.nCurrent],
  });
  const changes = table.kind === 'cat' ? levelChanges(table, missing) : null;
  const { unseen = null, vanished = null } = changes ?? {};
  const range = table.kind === 'num' ? outOfRange(table, missing.current) : null;
  // The index is a symmetric relative entropy, so it is the sum of its parts: missing or not, and the values among those not missing.
  const stability = { missingPart, valuePart: psi - missingPart, ...psiEvidence(bins.reference, bins.current), pAdjusted: null };
  return {
    psi,
    measures: columnMeasures(table, bins),
    stability: { ...stability, unseen: copied(unseen), vanished: copied(vanished), outOfRange: range },
  };
}

function copied(side: { readonly levels: readonly string[]; readonly share: number } | null): Stability['unseen'] {
  return side === null ? null : { levels: [...side.levels], share: side.share };
}
