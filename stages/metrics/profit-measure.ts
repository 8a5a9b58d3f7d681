import { type RocHull, rocHull } from './roc-hull.ts';

/**
 * What a loan earns and loses, as shares of its amount. The loss of a default is 0 with probability `noLoss`, the whole loan with
 * probability `fullLoss`, and anything between with equal density (Verbraken et al. 2014, from two Belgian lenders).
 */
export interface LoanProfit {
  readonly returnOnInvestment: number;
  readonly noLoss: number;
  readonly fullLoss: number;
}

const PAPER_LOAN_PROFIT: LoanProfit = { returnOnInvestment: 0.2644, noLoss: 0.55, fullLoss: 0.1 };

/** EMP's mean loss: all of the loan with `fullLoss`, half of it on average with what is between. */
export const MEAN_LOSS = 0.275;

export interface BestProfit {
  /** Gained per applicant against granting every loan, as a share of a loan. */
  readonly profit: number;
  /** Share of applicants to refuse for it. */
  readonly refusedShare: number;
}

const NOTHING: BestProfit = { profit: Number.NaN, refusedShare: Number.NaN };

/**
 * Expected maximum profit for credit scoring, EMP (Verbraken, Bravo, Weber & Baesens 2014): for each loss λ the best vertex of the ROC
 * hull, λ·π₁·TPR − ROI·π₀·FPR, averaged over λ. Exact: between two hull slopes the best profit is linear in λ. NaN with a class missing.
 */
export function expectedMaximumProfit(
  target: ArrayLike<number>,
  score: ArrayLike<number>,
  { weight, loan = PAPER_LOAN_PROFIT }: { readonly weight?: ArrayLike<number>; readonly loan?: LoanProfit } = {},
): BestProfit {
  const hull = rocHull(target, score, weight);
  return hull === null ? NOTHING : hullExpectedProfit(hull, loan);
}

/** Maximum profit at one loss given default, MPCS; at {@link MEAN_LOSS} where none is said. */
export function maximumProfit(
  target: ArrayLike<number>,
  score: ArrayLike<number>,
  {
    lossGivenDefault = MEAN_LOSS,
    returnOnInvestment = PAPER_LOAN_PROFIT.returnOnInvestment,
  }: { readonly lossGivenDefault?: number; readonly returnOnInvestment?: number } = {},
): BestProfit {
  const hull = rocHull(target, score);
  return hull === null ? NOTHING : bestVertex(hull, lossGivenDefault, returnOnInvestment);
}

function hullExpectedProfit(hull: RocHull, { returnOnInvestment: roi, noLoss, fullLoss }: LoanProfit): BestProfit {
  const { falsePositiveRate: x, truePositiveRate: y } = hull;
  const density = 1 - noLoss - fullLoss;
  const whole = bestVertex(hull, 1, roi);
  let [profit, refusedShare, lower] = [fullLoss * whole.profit, fullLoss * whole.refusedShare, 0];
  for (let at = 0; at < x.length && lower < 1; at++) {
    const rise = hull.positiveShare * ((y[at + 1] ?? 1) - (y[at] ?? 0));
    const run = hull.negativeShare * ((x[at + 1] ?? 1) - (x[at] ?? 0));
    // The loss from which the next vertex is better; none is better than the last.
    const upper = at + 1 < x.length ? Math.min(1, (roi * run) / rise) : 1;
    const here = vertex(hull, at);
    profit += density * (((upper * upper - lower * lower) / 2) * here.caught - (upper - lower) * roi * here.refusedGood);
    refusedShare += density * (upper - lower) * (here.caught + here.refusedGood);
    lower = upper;
  }
  return { profit, refusedShare };
}

/** The vertex of most profit at one loss; of equal ones the first, which refuses fewest. */
function bestVertex(hull: RocHull, loss: number, roi: number): BestProfit {
  let best: BestProfit = { profit: 0, refusedShare: 0 };
  for (let at = 1; at < hull.threshold.length; at++) {
    const { caught, refusedGood } = vertex(hull, at);
    const profit = loss * caught - roi * refusedGood;
    if (profit > best.profit) best = { profit, refusedShare: caught + refusedGood };
  }
  return best;
}

/** Shares of all applicants that a vertex refuses. */
function vertex({ falsePositiveRate, truePositiveRate, positiveShare, negativeShare }: RocHull, at: number) {
  return { caught: positiveShare * (truePositiveRate[at] ?? 0), refusedGood: negativeShare * (falsePositiveRate[at] ?? 0) };
}
