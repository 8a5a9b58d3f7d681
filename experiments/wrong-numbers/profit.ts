import { confusion } from '../../stages/metrics/confusion.ts';
import { type Payoffs, profit } from '../../stages/metrics/payoffs.ts';

export interface ProfitOptions {
  /** Refuse at or above it. */
  readonly threshold: number;
  readonly payoffs: Payoffs;
  /** How often each row counts; once where absent. */
  readonly multiplicity?: Uint16Array | undefined;
}

/** Mean payoff of a decision by threshold. */
export function profitPerApplicant(
  target: ArrayLike<number>,
  scores: ArrayLike<number>,
  { threshold, payoffs, multiplicity }: ProfitOptions,
): number {
  const counts = confusion(target, scores, threshold, multiplicity);
  return profit(counts, payoffs) / (counts.tn + counts.fp + counts.fn + counts.tp);
}

/** The best of thresholds 0, 0.001, … 1, as the published project searched it; the first of equals. */
export function bestThreshold(
  target: ArrayLike<number>,
  scores: ArrayLike<number>,
  payoffs: Payoffs,
): { readonly threshold: number; readonly profit: number } {
  let best = { threshold: 0, profit: Number.NEGATIVE_INFINITY };
  for (let step = 0; step <= 1000; step++) {
    const threshold = step / 1000;
    const here = profitPerApplicant(target, scores, { threshold, payoffs });
    if (here > best.profit) best = { threshold, profit: here };
  }
  return best;
}
