export interface PayoffMatrix {
  readonly trueNegative: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly truePositive: number;
}

export interface ProfitOptions {
  /** Refuse at or above it. */
  readonly threshold: number;
  readonly payoffs: PayoffMatrix;
  /** How often each row counts; once where absent. */
  readonly multiplicity?: Uint16Array | undefined;
}

/** Mean payoff of a decision by threshold. */
export function profitPerApplicant(
  target: ArrayLike<number>,
  scores: ArrayLike<number>,
  { threshold, payoffs, multiplicity }: ProfitOptions,
): number {
  let [total, rows] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const count = multiplicity?.[row] ?? 1;
    const refused = (scores[row] ?? 0) >= threshold;
    const payoff =
      target[row] === 1 ? (refused ? payoffs.truePositive : payoffs.falseNegative) : refused ? payoffs.falsePositive : payoffs.trueNegative;
    total += count * payoff;
    rows += count;
  }
  return total / rows;
}

/** The best of thresholds 0, 0.001, … 1, as the published project searched it; the first of equals. */
export function bestThreshold(
  target: ArrayLike<number>,
  scores: ArrayLike<number>,
  payoffs: PayoffMatrix,
): { readonly threshold: number; readonly profit: number } {
  let best = { threshold: 0, profit: Number.NEGATIVE_INFINITY };
  for (let step = 0; step <= 1000; step++) {
    const threshold = step / 1000;
    const profit = profitPerApplicant(target, scores, { threshold, payoffs });
    if (profit > best.profit) best = { threshold, profit };
  }
  return best;
}
