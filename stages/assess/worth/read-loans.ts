import type { DuckDb } from '../../../pipeline/index.ts';
import type { LoanTerms } from '../../metrics/loan-costs.ts';
import loansSql from './loans.sql';

const NEEDED = ['AMT_CREDIT', 'AMT_ANNUITY'] as const;
/** Months; a loan whose instalments never repay it at the assumed rate is taken for this long. */
const LONGEST = 60;

/**
 * Terms of each judged loan by SK_ID_CURR, null where its amount or annuity is missing or 0. Null where the table has no such columns.
 * The data do not say the number of instalments: it follows from amount, instalment and an assumed rate of interest,
 * n = −ln(1 − amount·i / instalment) / ln(1 + i).
 * @param interestRate a year
 */
export async function readLoans(
  db: DuckDb,
  columns: readonly string[],
  interestRate: number,
): Promise<readonly (LoanTerms | null)[] | null> {
  if (NEEDED.some((name) => !columns.includes(name))) return null;
  const rows = await db.all<{ amount: number | null; annuity: number | null }>(loansSql);
  return rows.map(({ amount, annuity }) => {
    if (amount === null || annuity === null || !(amount > 0 && annuity > 0)) return null;
    return { amount, annuity, term: months(amount, annuity, interestRate / 12) };
  });
}

function months(amount: number, annuity: number, rate: number): number {
  if (rate === 0) return Math.min(LONGEST, Math.max(1, amount / annuity));
  const share = (amount * rate) / annuity;
  if (share >= 1) return LONGEST;
  return Math.min(LONGEST, Math.max(1, -Math.log1p(-share) / Math.log1p(rate)));
}
