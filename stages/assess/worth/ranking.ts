import { bootstrap } from '../../metrics/bootstrap.ts';
import { hMeasure, severityBelief } from '../../metrics/h-measure.ts';
import { expectedMaximumProfit, maximumProfit } from '../../metrics/profit-measure.ts';
import type { Assessment } from '../assessment-schema.ts';
import { estimated } from '../interval.ts';
import type { JudgedRows } from '../judged-rows.ts';

export interface Resampling {
  readonly replicates: number;
  readonly seed: number;
}

/** H-measure, EMP and MPCS of the ranking. @param rows with both outcomes */
export function measureRanking({ target, probability }: JudgedRows, resampling: Resampling): Assessment['ranking'] {
  // Sorted once: hulls of ascending scores need no sort of their own.
  const order = Uint32Array.from(target, (_, row) => row).toSorted((a, b) => (probability[a] ?? 0) - (probability[b] ?? 0) || a - b);
  const targets = Uint8Array.from(order, (row) => target[row] ?? 0);
  const scores = Float64Array.from(order, (row) => probability[row] ?? Number.NaN);
  const positives = targets.reduce((sum, value) => sum + value, 0);
  const belief = severityBelief(positives, targets.length - positives);
  const h = (weight?: Uint16Array): number => hMeasure(targets, scores, weight === undefined ? { belief } : { weight, belief });
  const emp = (weight?: Uint16Array): number => expectedMaximumProfit(targets, scores, weight === undefined ? {} : { weight }).profit;
  const replicates = bootstrap(targets, { h, emp }, resampling);
  const best = expectedMaximumProfit(targets, scores);
  const zero = { value: 0, lo: 0, hi: 0 };
  return {
    hMeasure: estimated(h(), replicates.h) ?? zero,
    belief,
    expectedMaximumProfit: estimated(best.profit, replicates.emp) ?? zero,
    profitRefusedShare: best.refusedShare,
    maximumProfit: maximumProfit(targets, scores).profit,
  };
}
