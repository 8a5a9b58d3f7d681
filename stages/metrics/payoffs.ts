import type { Confusion } from './confusion.ts';
import type { Costs } from './cost.ts';

/** What each outcome earns, in any one unit; losses are negative. Positive = defaulted, flagged = refused. */
export interface Payoffs {
  /** A loan granted and repaid. */
  readonly trueNegative: number;
  /** A payer refused. */
  readonly falsePositive: number;
  /** A loan granted that defaults. */
  readonly falseNegative: number;
  /** A defaulter refused. */
  readonly truePositive: number;
}

/** Profit of decisions: each outcome times what it earns. */
export function profit({ tn, fp, fn, tp }: Confusion, { trueNegative, falsePositive, falseNegative, truePositive }: Payoffs): number {
  return trueNegative * tn + falsePositive * fp + falseNegative * fn + truePositive * tp;
}

/**
 * What a wrong decision forgoes against the right one: all that decides. A profit is Σ right − these costs, so that the two orders of
 * models and thresholds agree. @throws RangeError where a wrong decision earns as much as the right one
 */
export function regretCosts({ trueNegative, falsePositive, falseNegative, truePositive }: Payoffs): Costs {
  const costs = { falseNegative: truePositive - falseNegative, falsePositive: trueNegative - falsePositive };
  if (costs.falseNegative > 0 && costs.falsePositive > 0) return costs;
  throw new RangeError(
    `a wrong decision must earn less than the right one: refusing a defaulter earns ${truePositive} and granting ${falseNegative}, granting a payer earns ${trueNegative} and refusing ${falsePositive}`,
  );
}
