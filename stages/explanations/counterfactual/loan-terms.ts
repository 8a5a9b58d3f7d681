/** What an applicant can change without changing who they are: the rest of the form, and all history, is locked. */
export interface LoanTerms {
  /** AMT_CREDIT. */
  readonly credit: number;
  /** AMT_ANNUITY; null where the form leaves it open. */
  readonly annuity: number | null;
  /** AMT_GOODS_PRICE; null likewise. */
  readonly goods: number | null;
}

/** One way to ask otherwise, with how far it is from what was asked. */
export interface Variant {
  readonly client: number;
  readonly terms: LoanTerms;
  /** |ln of the change| of the amount + of the length + half of that of the goods' price; 0 for what was asked. */
  readonly effort: number;
}

/** Three significant digits: what is written is what is scored. */
export function rounded(amount: number): number {
  return Number(amount.toPrecision(3));
}
