import { bootstrap } from '../../metrics/bootstrap.ts';
import { loanCost, loanCosts, type LoanEconomics, loanThresholds, type LoanTerms, savings } from '../../metrics/loan-costs.ts';
import { quantileOfSorted } from '../../metrics/quantile.ts';
import type { Assessment } from '../assessment-schema.ts';
import { estimated } from '../interval.ts';
import { type JudgedRows, pickRows } from '../judged-rows.ts';
import type { Resampling } from './ranking.ts';

type Loans = NonNullable<Assessment['loans']>;

/**
 * Money lost per loan by the one threshold in use, by each loan's own (its margin against its loss), and by no model. The averages in
 * Bahnsen's formula are of these loans; no threshold is chosen on their outcomes but for the share of defaults. Null without loans.
 */
export function measureLoans(
  all: JudgedRows,
  loans: readonly (LoanTerms | null)[] | null,
  { interestRate, ...options }: LoanEconomics & Resampling & { readonly interestRate: number; readonly baseRate: number },
): Loans | null {
  if (loans === null) return null;
  const known = loans.flatMap((loan, row) => (loan === null ? [] : [{ loan, row }]));
  if (known.length === 0) return null;
  const rows = pickRows(
    all,
    known.map(({ row }) => row),
  );
  const costs = loanCosts(
    known.map(({ loan }) => loan),
    options,
    options.baseRate,
  );
  const own = loanThresholds(costs);
  const rules = {
    'one threshold': rows.decision,
    'each loan’s own': Uint8Array.from(own, (threshold, row) => ((rows.calibrated[row] ?? 0) >= threshold ? 1 : 0)),
    'grant all': new Uint8Array(known.length),
    'refuse all': new Uint8Array(known.length).fill(1),
  };
  const sorted = own.toSorted();
  return {
    rows: known.length,
    leftOut: loans.length - known.length,
    lossGivenDefault: options.lossGivenDefault,
    fundingRate: options.fundingRate,
    interestRate,
    rules: Object.entries(rules).map(([rule, refused]) => {
      const cost = (weight?: Uint16Array): number => loanCost(rows.target, refused, costs, weight) / known.length;
      const saved = (weight?: Uint16Array): number => savings(rows.target, refused, costs, weight);
      const replicates = bootstrap(rows.target, { cost, saved }, options);
      return {
        rule,
        costPerLoan: estimated(cost(), replicates.cost) ?? { value: 0, lo: 0, hi: 0 },
        savings: estimated(saved(), replicates.saved),
        approvalRate: 1 - refused.reduce((sum, value) => sum + value, 0) / known.length,
      };
    }),
    thresholds: { q1: quantileOfSorted(sorted, 0.25), median: quantileOfSorted(sorted, 0.5), q3: quantileOfSorted(sorted, 0.75) },
  };
}
