/** One loan's terms. Money in one currency. */
export interface LoanTerms {
  readonly amount: number;
  /** Paid each month. */
  readonly annuity: number;
  /** Months. */
  readonly term: number;
}

export interface LoanEconomics {
  /** Share of the amount lost when a loan defaults. */
  readonly lossGivenDefault: number;
  /** What the lender pays for money, a year. */
  readonly fundingRate: number;
}

export interface LoanCosts {
  /** Money lost by granting each loan if it defaults. */
  readonly falseNegative: Float64Array;
  /** Money forgone by refusing each if it would have been repaid. */
  readonly falsePositive: Float64Array;
}

/** Present value of the instalments less the amount: what a repaid loan earns. 0 where it would earn less than nothing. */
function loanMargin({ amount, annuity, term }: LoanTerms, fundingRate: number): number {
  const monthly = fundingRate / 12;
  const value = monthly === 0 ? annuity * term : (annuity / monthly) * (1 - (1 + monthly) ** -term);
  return Math.max(0, value - amount);
}

/**
 * Example-dependent costs (Bahnsen, Aouada & Ottersten 2014): a default costs amount · LGD; refusing a payer forgoes that loan's margin
 * less what the average applicant who takes the place earns, r − (1−π)·r̄ + π·C̄_FN, not below 0.
 * @param defaultRate π, of the rows that the averages are of
 * @throws RangeError for an amount, annuity or term that is not above 0, naming the row
 */
export function loanCosts(loans: readonly LoanTerms[], { lossGivenDefault, fundingRate }: LoanEconomics, defaultRate: number): LoanCosts {
  loans.forEach((loan, row) => {
    for (const [name, value] of Object.entries(loan)) {
      if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`loan of row ${row} has ${name} ${value}`);
    }
  });
  const falseNegative = Float64Array.from(loans, ({ amount }) => amount * lossGivenDefault);
  const margin = Float64Array.from(loans, (loan) => loanMargin(loan, fundingRate));
  const replacement = (1 - defaultRate) * meanOf(margin) - defaultRate * meanOf(falseNegative);
  return { falseNegative, falsePositive: margin.map((value) => Math.max(0, value - replacement)) };
}

/** The best threshold of each loan for calibrated probabilities, C_FP / (C_FP + C_FN): 0 where refusing costs nothing. */
export function loanThresholds({ falseNegative, falsePositive }: LoanCosts): Float64Array {
  return falsePositive.map((cost, row) => cost / (cost + (falseNegative[row] ?? Number.NaN)));
}

/** Money lost by decisions (1 = refused). @param multiplicity how often each row counts; 1 where absent */
export function loanCost(
  target: ArrayLike<number>,
  refused: ArrayLike<number>,
  { falseNegative, falsePositive }: LoanCosts,
  multiplicity?: ArrayLike<number>,
): number {
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const times = multiplicity === undefined ? 1 : (multiplicity[row] ?? 0);
    if (target[row] === 1 ? refused[row] !== 1 : refused[row] === 1)
      sum += times * ((target[row] === 1 ? falseNegative[row] : falsePositive[row]) ?? Number.NaN);
  }
  return sum;
}

/** 1 − cost ÷ cost of the cheaper of granting all and refusing all: 1 is perfect, 0 worth no model, below 0 worse than none. NaN where both are free. */
export function savings(target: ArrayLike<number>, refused: ArrayLike<number>, costs: LoanCosts, multiplicity?: ArrayLike<number>): number {
  const all = (decision: number): number => loanCost(target, new Uint8Array(target.length).fill(decision), costs, multiplicity);
  const trivial = Math.min(all(0), all(1));
  return trivial > 0 ? 1 - loanCost(target, refused, costs, multiplicity) / trivial : Number.NaN;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
