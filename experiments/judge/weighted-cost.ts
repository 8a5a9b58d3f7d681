export interface CostRule {
  readonly threshold: number;
  readonly costs: { readonly falseNegative: number; readonly falsePositive: number };
  /** How often each row counts. @default once */
  readonly weight?: Uint16Array | undefined;
}

/** Cost per applicant when those at or above the threshold are refused. */
export function weightedCost(target: ArrayLike<number>, probability: Float64Array, { threshold, costs, weight }: CostRule): number {
  let [cost, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const mass = weight?.[row] ?? 1;
    const refused = (probability[row] ?? 0) >= threshold;
    total += mass;
    if (target[row] === 1) cost += refused ? 0 : mass * costs.falseNegative;
    else if (refused) cost += mass * costs.falsePositive;
  }
  return cost / total;
}
