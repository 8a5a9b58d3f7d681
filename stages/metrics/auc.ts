import { rankedCounts } from './ranked-counts.ts';

/**
 * Area under the ROC curve: P(score of a defaulter > score of a payer) + ½·P(equal), the Mann–Whitney statistic with
 * midranks. NaN where one of the classes is missing (or weighs nothing).
 * @param target 1 for default, 0 for repaid
 * @param weight of each row, 1 where absent
 */
export function auc(target: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): number {
  const { positives, negatives, totalPositives, totalNegatives } = rankedCounts(target, score, weight);
  let [above, area] = [0, 0];
  for (let group = 0; group < positives.length; group++) {
    const here = positives[group] ?? 0;
    area += (negatives[group] ?? 0) * (above + here / 2);
    above += here;
  }
  return totalPositives > 0 && totalNegatives > 0 ? area / (totalPositives * totalNegatives) : Number.NaN;
}
