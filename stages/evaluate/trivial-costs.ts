import type { Confusion } from '../metrics/confusion.ts';
import type { Costs } from '../metrics/cost.ts';
import type { Evaluation } from './evaluation-schema.ts';

/** Cost per applicant of the two rules that need no model. */
export function trivialCosts({ tn, fp, fn, tp }: Confusion, costs: Costs): Evaluation['baselines'] {
  const rows = tn + fp + fn + tp;
  return { acceptAll: (costs.falseNegative * (fn + tp)) / rows, refuseAll: (costs.falsePositive * (tn + fp)) / rows };
}
