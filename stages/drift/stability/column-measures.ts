import { stabilityTerms } from '../../metrics/psi.ts';
import type { PsiBins } from '../maths/banking-psi.ts';
import type { DistinctTable } from '../maths/distinct-table.ts';
import { smirnovDistance } from '../maths/tests/kolmogorov-smirnov.ts';
import { robustWasserstein } from '../maths/tests/wasserstein.ts';
import { finiteOrNull } from '../outlook/finite-or-null.ts';
import type { Measures } from './stability-schema.ts';

/** What else a reader may ask of a column: distances of other kinds, and the bins of the population stability index. */
export function columnMeasures(table: DistinctTable, { reference, current, ends }: PsiBins): Measures {
  const terms = stabilityTerms(reference, current);
  return {
    distinct: { ...table.distinct },
    ks: table.kind === 'num' ? smirnovDistance(table) : null,
    wassersteinRobust: table.kind === 'num' ? finiteOrNull(robustWasserstein(table)) : null,
    jensenShannonBits: jensenShannonBits(reference, current),
    bins: ends.map((end, at) => ({ ...end, reference: reference[at] ?? 0, current: current[at] ?? 0, contribution: terms[at] ?? 0 })),
  };
}

/** Jensen–Shannon distance √(½ Σ p log₂(p/m) + q log₂(q/m)), m = (p + q)/2, of counts by bin: from 0, alike, to 1, nothing in common. */
function jensenShannonBits(reference: readonly number[], current: readonly number[]): number {
  const [n, m] = [reference, current].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  let divergence = 0;
  reference.forEach((count, bin) => {
    const [p, q] = [count / (n ?? 0), (current[bin] ?? 0) / (m ?? 0)];
    for (const share of [p, q]) if (share > 0) divergence += share * Math.log2((2 * share) / (p + q));
  });
  return Math.sqrt(Math.max(0, divergence / 2));
}
