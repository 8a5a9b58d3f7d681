import { bootstrap } from '../../metrics/bootstrap.ts';
import { confusion, type Confusion } from '../../metrics/confusion.ts';
import { type Payoffs, profit } from '../../metrics/payoffs.ts';
import type { Assessment } from '../assessment-schema.ts';
import { estimated } from '../interval.ts';
import type { JudgedRows } from '../judged-rows.ts';
import type { Resampling } from './ranking.ts';

const POINTS = 101;

/** Profit per applicant at the threshold with its interval, of the two rules that need no model, and by threshold. */
export function measureProfit(
  { target, calibrated }: JudgedRows,
  { payoffs, threshold, ...resampling }: Resampling & { readonly payoffs: Payoffs; readonly threshold: number },
): Assessment['profit'] {
  const rows = target.length;
  const at = (value: number, weight?: Uint16Array): number => profit(confusion(target, calibrated, value, weight), payoffs) / rows;
  const here = (weight?: Uint16Array): number => at(threshold, weight);
  const replicates = bootstrap(target, { here }, resampling).here;
  const grid = Array.from({ length: POINTS }, (_, step) => step / (POINTS - 1));
  const x = [...new Set([...grid, threshold])].toSorted((left, right) => left - right);
  const { fn, tn }: Confusion = confusion(target, calibrated, Number.POSITIVE_INFINITY);
  return {
    payoffs: { ...payoffs },
    perApplicant: estimated(here(), replicates) ?? { value: 0, lo: 0, hi: 0 },
    grantAll: (payoffs.trueNegative * tn + payoffs.falseNegative * fn) / rows,
    refuseAll: (payoffs.falsePositive * tn + payoffs.truePositive * fn) / rows,
    curve: { x, y: x.map((value) => at(value)) },
  };
}
