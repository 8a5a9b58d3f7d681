import type { Candidates, Value } from './candidates.ts';

export type Form = Readonly<Record<string, Value>>;

export interface Change {
  readonly column: string;
  readonly from: Value;
  readonly to: Value;
}

/** A form with some of its columns changed. */
export interface Variant {
  readonly client: number;
  readonly form: Form;
  readonly changes: readonly Change[];
  readonly effort: number;
}

export interface Outcome {
  readonly client: number;
  readonly calibrated: number;
  readonly lowest: number;
  readonly tried: number;
  readonly found: (Variant & { readonly calibrated: number }) | null;
}

export interface SearchOptions {
  readonly candidates: readonly Candidates[];
  readonly threshold: number;
  /** Most columns that are changed together. */
  readonly changes: number;
  /** Calibrated probabilities of variants, by the real features and the real model. */
  readonly score: (variants: readonly Variant[]) => Promise<Float64Array>;
}

/** Variants without an approval that are changed further: the least likely to default. */
const KEPT = 5;

type Scored = Variant & { readonly calibrated: number };

/**
 * For each form the least effort among those approved: one column changed, in every way; where that is not enough, the five best with
 * one more column, and so on. All clients' variants of a step are scored at once.
 */
export async function searchChanges(
  forms: ReadonlyMap<number, Form>,
  { candidates, threshold, changes, score }: SearchOptions,
): Promise<readonly Outcome[]> {
  const scored = async (variants: readonly Variant[]): Promise<readonly Scored[]> => {
    if (variants.length === 0) return [];
    const calibrated = await score(variants);
    return variants.map((variant, at) => ({ ...variant, calibrated: calibrated[at] ?? Number.NaN }));
  };
  const asked = await scored([...forms].map(([client, form]) => ({ client, form, changes: [], effort: 0 })));
  let open = asked.map((first) => ({ first, tried: 0, lowest: first.calibrated, best: [first] as readonly Scored[] }));
  const outcomes = new Map<number, Outcome>();
  for (let depth = 1; depth <= changes && open.length > 0; depth++) {
    const made = await scored(open.flatMap(({ best }) => best.flatMap((variant) => changed(variant, candidates))));
    open = open.map((state) => {
      const own = made.filter(({ client }) => client === state.first.client);
      const approved = own
        .filter(({ calibrated }) => calibrated < threshold)
        .toSorted((a, b) => a.effort - b.effort || a.calibrated - b.calibrated);
      const lowest = Math.min(state.lowest, ...own.map(({ calibrated }) => calibrated));
      const tried = state.tried + own.length;
      const { client, calibrated } = state.first;
      outcomes.set(client, { client, calibrated, lowest, tried, found: approved[0] ?? null });
      return { ...state, tried, lowest, best: own.toSorted((a, b) => a.calibrated - b.calibrated || a.effort - b.effort).slice(0, KEPT) };
    });
    open = open.filter(({ first }) => outcomes.get(first.client)?.found === null);
  }
  return [...outcomes.values()];
}

/** The variant with one column more changed, in every way. */
function changed(variant: Variant, candidates: readonly Candidates[]): readonly Variant[] {
  const done = new Set(variant.changes.map(({ column }) => column));
  return candidates
    .filter(({ column }) => !done.has(column))
    .flatMap(({ column, values, effort }) => {
      const from = variant.form[column] ?? null;
      return values
        .filter((to) => to !== from)
        .map((to) => ({
          client: variant.client,
          form: { ...variant.form, [column]: to },
          changes: [...variant.changes, { column, from, to }],
          effort: variant.effort + effort(from, to),
        }));
    });
}
