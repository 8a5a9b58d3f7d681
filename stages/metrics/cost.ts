import { confusion, type Confusion } from './confusion.ts';
import { rankedCounts } from './ranked-counts.ts';

/** What a wrong decision costs, in any one unit. */
export interface Costs {
  /** A loan granted that defaults. */
  readonly falseNegative: number;
  /** A loan refused that would have been repaid. */
  readonly falsePositive: number;
}

/** As params and decisions name them. */
export function costsOf(named: { readonly costFalseNegative: number; readonly costFalsePositive: number }): Costs {
  return { falseNegative: named.costFalseNegative, falsePositive: named.costFalsePositive };
}

/** Home Credit's business cost: falseNegative·FN + falsePositive·FP. */
export function businessCost({ fn, fp }: Pick<Confusion, 'fn' | 'fp'>, costs: Costs): number {
  return costs.falseNegative * fn + costs.falsePositive * fp;
}

/** Business cost over the number of applicants when those at or above the threshold are refused. NaN for no rows. */
export function costPerApplicant(target: ArrayLike<number>, probability: ArrayLike<number>, threshold: number, costs: Costs): number {
  return businessCost(confusion(target, probability, threshold), costs) / target.length;
}

/** Refuse at or above falsePositive / (falsePositive + falseNegative): the best threshold for calibrated probabilities (Elkan 2001, eq. 2). */
export function elkanThreshold(costs: Costs): number {
  return costs.falsePositive / (costs.falsePositive + costs.falseNegative);
}

export interface CostCurve {
  /** Every distinct score ascending, then +∞ (refuse nobody). */
  readonly threshold: Float64Array;
  /** Total business cost of refusing at or above that threshold. */
  readonly cost: Float64Array;
  /** Rows, or their weight: what a cost is divided by to get one per applicant. */
  readonly total: number;
}

/** Business cost at every threshold that decides differently. O(n log n). */
export function costCurve(target: ArrayLike<number>, probability: ArrayLike<number>, costs: Costs, weight?: ArrayLike<number>): CostCurve {
  const { score, positives, negatives, totalPositives, totalNegatives } = rankedCounts(target, probability, weight);
  const size = score.length;
  const [threshold, cost] = [new Float64Array(size + 1), new Float64Array(size + 1)];
  threshold[size] = Number.POSITIVE_INFINITY;
  cost[size] = costs.falseNegative * totalPositives;
  let [caught, refusedGood] = [0, 0];
  for (let group = 0; group < size; group++) {
    caught += positives[group] ?? 0;
    refusedGood += negatives[group] ?? 0;
    threshold[size - 1 - group] = score[group] ?? Number.NaN;
    cost[size - 1 - group] = businessCost({ fn: totalPositives - caught, fp: refusedGood }, costs);
  }
  return { threshold, cost, total: totalPositives + totalNegatives };
}

/** The threshold of least cost; of several equal ones the highest, which refuses the fewest people. */
export function bestThreshold({ threshold, cost }: CostCurve): { readonly threshold: number; readonly cost: number } {
  let best = { threshold: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY };
  for (let at = cost.length - 1; at >= 0; at--) {
    const here = cost[at] ?? Number.NaN;
    if (here < best.cost) best = { threshold: threshold[at] ?? Number.NaN, cost: here };
  }
  return best;
}

/** Every threshold that costs as little as the best one, ascending. */
export function tiedThresholds({ threshold, cost }: CostCurve): Float64Array {
  const least = cost.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  return threshold.filter((_, at) => cost[at] === least);
}
