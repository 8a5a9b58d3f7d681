import { defaultTest, type DefaultTest } from './default-test.ts';
import type { DistinctTable, EvidentlyMode } from './distinct-table.ts';
import { DRIFT_RULES, isDrifted } from './drift-rule.ts';
import { scoreAny, scoreNumeric } from './drift-tests.ts';

export interface ColumnDrift {
  readonly test: DefaultTest;
  /** A distance (wasserstein, jensenshannon) or a p-value (ks, chisquare, z). */
  readonly score: number;
  readonly threshold: number;
  readonly drifted: boolean;
}

/** One column's drift by Evidently's default test. Both parts must have at least one usable value. */
export function columnDrift(table: DistinctTable, mode: EvidentlyMode): ColumnDrift {
  const test = defaultTest(table);
  const rule = DRIFT_RULES[test];
  const score = scoreDefault(test, table, mode);
  return { test, score, threshold: rule.threshold, drifted: isDrifted(score, rule) };
}

function scoreDefault(test: DefaultTest, table: DistinctTable, mode: EvidentlyMode): number {
  if (test === 'wasserstein' || test === 'ks') return table.kind === 'num' ? scoreNumeric(test, table) : Number.NaN;
  return scoreAny(test, table, mode);
}
