import { type FloatMatrix, SluiceError } from '../../../pipeline/index.ts';
import type { Variant } from './loan-terms.ts';
import { type Asked, refine, variantGrid } from './variants.ts';

export interface Refused extends Asked {
  /** The features that the decision was made on, in the model's order. */
  readonly row: Float32Array;
}

export interface Counterfactual {
  readonly client: number;
  readonly asked: Asked['terms'];
  /** Calibrated probability of what was asked. */
  readonly calibrated: number;
  /** Variants that were scored. */
  readonly tried: number;
  /** The approved variant that takes the least effort of those tried; null where none is approved. */
  readonly found: { readonly terms: Asked['terms']; readonly effort: number; readonly calibrated: number } | null;
  /** The lowest probability of all variants tried; that of what was asked where there are none. */
  readonly lowest: number;
}

export interface CounterfactualTask {
  readonly refused: readonly Refused[];
  readonly features: readonly string[];
  readonly threshold: number;
  /** See `variantFeatures`. */
  readonly featuresOf: (variants: readonly Variant[]) => Promise<FloatMatrix>;
  /** Calibrated probabilities by the real model and calibrator. */
  readonly score: (matrix: FloatMatrix) => Float64Array;
}

interface Scored {
  readonly variant: Variant;
  readonly calibrated: number;
}

/**
 * For each refused client the change of the loan with the least effort that is approved. All clients are done at once: a grid of
 * variants, then finer steps towards the best of it, each recomputed by the features' own SQL and scored by the real model.
 * @throws SluiceError INTERNAL where recomputing what was asked does not give the very features that the decision rests on
 */
export async function findCounterfactuals(task: CounterfactualTask): Promise<readonly Counterfactual[]> {
  const { refused, threshold } = task;
  const asked = refused.map(({ client, terms }): Variant => ({ client, terms, effort: 0 }));
  const first = await scoreVariants(task, [...asked, ...refused.flatMap(variantGrid)]);
  const byClient = new Map<number, Scored[]>(refused.map(({ client }) => [client, []]));
  for (const scored of first.slice(asked.length)) byClient.get(scored.variant.client)?.push(scored);
  const approved = (list: readonly Scored[]): Scored | undefined =>
    list.filter(({ calibrated }) => calibrated < threshold).toSorted((left, right) => left.variant.effort - right.variant.effort)[0];
  const finer = refused.flatMap((client) => {
    const best = approved(byClient.get(client.client) ?? []);
    return best === undefined ? [] : refine(client, best.variant);
  });
  for (const scored of await scoreVariants(task, finer)) byClient.get(scored.variant.client)?.push(scored);
  return refused.map(({ client, terms }, index) => {
    const tried = byClient.get(client) ?? [];
    const best = approved(tried);
    const own = first[index]?.calibrated ?? Number.NaN;
    return {
      client,
      asked: terms,
      calibrated: own,
      tried: tried.length,
      found: best === undefined ? null : { terms: best.variant.terms, effort: best.variant.effort, calibrated: best.calibrated },
      lowest: Math.min(own, ...tried.map(({ calibrated }) => calibrated)),
    };
  });
}

async function scoreVariants(
  { refused, features, featuresOf, score }: CounterfactualTask,
  variants: readonly Variant[],
): Promise<readonly Scored[]> {
  if (variants.length === 0) return [];
  const changed = await featuresOf(variants);
  const places = changed.columns.map((column) => features.indexOf(column));
  const rows = new Map(refused.map(({ client, row }) => [client, row]));
  const data = new Float32Array(variants.length * features.length);
  variants.forEach((variant, index) => {
    const row = data.subarray(index * features.length, (index + 1) * features.length);
    const own = rows.get(variant.client) ?? new Float32Array();
    row.set(own);
    places.forEach((place, column) => (row[place] = changed.data[index * places.length + column] ?? Number.NaN));
    if (variant.effort === 0) requireSame(features, own, row);
  });
  const calibrated = score({ rows: variants.length, columns: features, data });
  return variants.map((variant, index) => ({ variant, calibrated: calibrated[index] ?? Number.NaN }));
}

/** What was asked, recomputed, must be what was decided on, bit for bit. */
function requireSame(features: readonly string[], decided: Float32Array, recomputed: Float32Array): void {
  const at = features.findIndex((_, column) => !Object.is(decided[column], recomputed[column]));
  if (at < 0) return;
  throw new SluiceError('INTERNAL', `feature "${features[at]}" is ${decided[at]} in the book and ${recomputed[at]} when computed anew`, {
    hint: 'The features were made by other code: `sluice run --from features`.',
  });
}
