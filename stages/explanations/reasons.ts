import type { CatalogueEntry } from '../features/catalogue.ts';
import { codeOf, type ReasonCode } from './reason-codes.ts';
import { type ExplanationReference, relativeTo } from './reference.ts';

/** More than four principal reasons do not help who reads them (Regulation B, official interpretation of § 1002.9(b)(2)). */
export const MOST_REASONS = 4;
/** Log-odds that a reason moves at least: less is rounding in a letter. */
const LEAST_PUSH = 0.01;

export interface Reason {
  readonly code: ReasonCode;
  /** What its features together add to the log-odds of default beyond the reference population's mean; above 0. */
  readonly push: number;
  /** Features that push towards refusal, strongest first. */
  readonly features: readonly { readonly name: string; readonly push: number }[];
}

/** Feature columns by reason code; prohibited ones are in none. Made once for a model. */
export interface ReasonGroups {
  readonly reference: ExplanationReference;
  readonly groups: readonly { readonly code: ReasonCode; readonly columns: readonly number[] }[];
}

/** Tells reasons apart: features without a code of their own share X01, but each is a reason by itself. */
export function reasonKey({ code, concept }: ReasonCode): string {
  return `${code} ${concept}`;
}

export function groupByReason(reference: ExplanationReference, catalogue: readonly CatalogueEntry[]): ReasonGroups {
  const entries = new Map(catalogue.map((entry) => [entry.name, entry]));
  const groups = new Map<string, { readonly code: ReasonCode; readonly columns: number[] }>();
  reference.features.forEach(({ name }, column) => {
    const code = codeOf(entries.get(name) ?? { name, concept: 'other', prohibited: false, en: name, fr: name });
    if (code === null) return;
    const key = reasonKey(code);
    const group = groups.get(key) ?? { code, columns: [] };
    group.columns.push(column);
    groups.set(key, group);
  });
  return { reference, groups: [...groups.values()] };
}

/**
 * The principal reasons of one applicant, largest first, at most {@link MOST_REASONS}: groups of features that together push towards
 * refusal when compared with the reference population. Prohibited attributes are never among them.
 * @param contributions of the applicant, a value a column of the reference
 */
export function reasonsOf({ reference, groups }: ReasonGroups, contributions: ArrayLike<number>): readonly Reason[] {
  const relative = relativeTo(reference, contributions);
  const pushOf = (column: number): number => relative[column] ?? 0;
  return groups
    .map(({ code, columns }) => ({ code, columns, push: columns.reduce((sum, column) => sum + pushOf(column), 0) }))
    .filter(({ push }) => push >= LEAST_PUSH)
    .toSorted((left, right) => right.push - left.push || (left.code.code < right.code.code ? -1 : 1))
    .slice(0, MOST_REASONS)
    .map(({ code, columns, push }) => ({
      code,
      push,
      features: columns
        .filter((column) => pushOf(column) > 0)
        .map((column) => ({ name: reference.features[column]?.name ?? '', push: pushOf(column) }))
        .toSorted((left, right) => right.push - left.push || (left.name < right.name ? -1 : 1)),
    }));
}
