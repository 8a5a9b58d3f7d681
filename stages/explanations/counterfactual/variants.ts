import { type LoanTerms, rounded, type Variant } from './loan-terms.ts';
import type { PlausibleRanges } from './plausible-ranges.ts';

/** Parts of the amount asked for, and of the length, that are tried. */
const CREDIT_PARTS = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.4, 0.3] as const;
const TERM_PARTS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 1.15, 1.3, 1.5, 1.75, 2] as const;
/** Points tried between what was asked and the best variant of the grid. */
const REFINED = 12;

interface Parts {
  readonly credit: number;
  /** Length in instalments: credit / annuity. */
  readonly term: number;
  readonly goods: number;
}

export interface Asked {
  readonly client: number;
  readonly terms: LoanTerms;
  readonly ranges: PlausibleRanges;
}

/** Less credit, another length, the same goods with more paid down or cheaper goods: a grid of all of them, without what is unusual in the book. */
export function variantGrid(asked: Asked): readonly Variant[] {
  const variants = CREDIT_PARTS.flatMap((credit) =>
    TERM_PARTS.flatMap((term) => (credit === 1 ? [1] : [1, credit]).map((goods) => variantOf(asked, { credit, term, goods }))),
  );
  return distinct(asked, variants);
}

/** On the way from what was asked to a variant, in equal steps of the logarithm. */
export function refine(asked: Asked, { terms }: Variant): readonly Variant[] {
  const whole = partsOf(asked.terms, terms);
  const variants = Array.from({ length: REFINED }, (_, step) => {
    const share = (step + 1) / (REFINED + 1);
    return variantOf(asked, { credit: whole.credit ** share, term: whole.term ** share, goods: whole.goods ** share });
  });
  return distinct(asked, variants);
}

function variantOf({ client, terms }: Asked, parts: Parts): Variant | null {
  const credit = parts.credit === 1 ? terms.credit : rounded(terms.credit * parts.credit);
  const annuityPart = parts.credit / parts.term;
  if (terms.annuity === null && parts.term !== 1) return null;
  const annuity = terms.annuity === null || annuityPart === 1 ? terms.annuity : rounded(terms.annuity * annuityPart);
  const goods = terms.goods === null || parts.goods === 1 ? terms.goods : rounded(terms.goods * parts.goods);
  const changed = { credit, annuity, goods };
  return { client, terms: changed, effort: effortOf(partsOf(terms, changed)) };
}

function partsOf(asked: LoanTerms, terms: LoanTerms): Parts {
  const credit = terms.credit / asked.credit;
  const annuity = asked.annuity === null || terms.annuity === null ? credit : terms.annuity / asked.annuity;
  return { credit, term: credit / annuity, goods: asked.goods === null || terms.goods === null ? 1 : terms.goods / asked.goods };
}

const effortOf = ({ credit, term, goods }: Parts): number =>
  Math.abs(Math.log(credit)) + Math.abs(Math.log(term)) + Math.abs(Math.log(goods)) / 2;

/** Plausible ones, each once, without what was asked. */
function distinct(asked: Asked, variants: readonly (Variant | null)[]): readonly Variant[] {
  const seen = new Set([key(asked.terms)]);
  return variants.filter((variant): variant is Variant => {
    if (variant === null || !isPlausible(asked, variant.terms) || seen.has(key(variant.terms))) return false;
    seen.add(key(variant.terms));
    return true;
  });
}

const key = ({ credit, annuity, goods }: LoanTerms): string => `${credit} ${annuity} ${goods}`;

/** Within what is usual for the contract, or no further out than what was asked. */
function isPlausible({ terms: asked, ranges }: Asked, terms: LoanTerms): boolean {
  const within = (value: number | null, own: number | null, { lo, hi }: { readonly lo: number; readonly hi: number }): boolean =>
    value === null || own === null || (value >= Math.min(lo, own) && value <= Math.max(hi, own));
  const over = (whole: number, part: number | null): number | null => (part === null ? null : whole / part);
  return (
    within(terms.credit, asked.credit, ranges.credit) &&
    within(terms.annuity, asked.annuity, ranges.annuity) &&
    within(over(terms.credit, terms.annuity), over(asked.credit, asked.annuity), ranges.term) &&
    // Borrowing less than usual of a price is only a larger down payment.
    within(over(terms.credit, terms.goods), over(asked.credit, asked.goods), { lo: 0, hi: ranges.creditToGoods.hi })
  );
}
