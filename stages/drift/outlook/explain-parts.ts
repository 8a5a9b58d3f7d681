import type { FloatMatrix } from '../../../pipeline/index.ts';
import { conceptsOf } from '../../explanations/concepts.ts';
import { exactContributions } from '../../explanations/contributions.ts';
import type { CatalogueEntry } from '../../features/catalogue.ts';
import type { FittedModel } from '../../scoring/model/fitted-model.ts';
import { shiftBetween, shiftMoments, type ShiftMoments } from '../shift/score-shift.ts';
import { ENOUGH_ROWS, everyFewRows } from './every-few-rows.ts';
import { featureBins, type FeatureBins, featureDrift, mostImportant } from './feature-drift.ts';
import type { ImportanceResult, ShiftResult } from './outlook-schema.ts';
import { COMPONENT_COLUMNS } from './tell-apart.ts';

/** Rows of either part whose contributions are computed. */
const EXPLAINED_ROWS = 1000;

export interface ExplainedParts {
  readonly shift: ShiftResult | null;
  readonly importance: ImportanceResult | null;
  /** Columns of the matrices that matter most, quantities only; the first ones where the model does not say. */
  readonly important: readonly number[];
  /** What later comparisons need of the reference; null for a model without exact contributions. */
  readonly kept: KeptReference | null;
}

/** Means over reference rows, no row: what a profile holds of what moves scores. */
export interface KeptReference {
  readonly shift: ShiftMoments;
  readonly bins: FeatureBins | null;
}

export interface FeatureFacts {
  readonly catalogue: readonly CatalogueEntry[];
  /** How many levels each feature of categories has; the others are quantities. */
  readonly levels: ReadonlyMap<string, number>;
}

/** Why the mean score moved, and whether what the model rests on has drifted; null for a model without exact contributions. */
export function explainParts(
  model: FittedModel,
  parts: { readonly reference: FloatMatrix; readonly current: FloatMatrix },
  facts: FeatureFacts,
): ExplainedParts {
  const { catalogue, levels } = facts;
  const isQuantity = (column: number): boolean => !levels.has(parts.reference.columns[column] ?? '');
  if (model.explainer.kind === 'none') {
    const first = parts.reference.columns.map((_, column) => column).filter(isQuantity);
    return { shift: null, importance: null, important: first.slice(0, COMPONENT_COLUMNS), kept: null };
  }
  const contributions = exactContributions(model, everyFewRows(parts.reference, EXPLAINED_ROWS));
  const concepts = conceptsOf(contributions.columns, catalogue);
  const reference = everyFewRows(parts.reference, ENOUGH_ROWS);
  const kept = { shift: shiftMoments(contributions, concepts), bins: featureBins({ contributions, reference, concepts, levels }) };
  const important = mostImportant(contributions, contributions.columns.length).filter(isQuantity).slice(0, COMPONENT_COLUMNS);
  return { ...explainAgainst(model, kept, { current: parts.current, catalogue }), important, kept };
}

/** The same where of the reference only what {@link KeptReference} holds is there. */
export function explainAgainst(
  model: FittedModel,
  kept: KeptReference,
  { current, catalogue }: { readonly current: FloatMatrix; readonly catalogue: readonly CatalogueEntry[] },
): Pick<ExplainedParts, 'shift' | 'importance'> {
  const contributions = exactContributions(model, everyFewRows(current, EXPLAINED_ROWS));
  const shift = shiftBetween(kept.shift, shiftMoments(contributions, conceptsOf(contributions.columns, catalogue)));
  return {
    shift: { ...shift, concepts: [...shift.concepts], features: [...shift.features] },
    importance: kept.bins === null ? null : featureDrift(kept.bins, everyFewRows(current, ENOUGH_ROWS)),
  };
}

/** How many levels features have, by the model's own record of its categories or the catalogue's. */
export function featureLevels(
  catalogue: readonly CatalogueEntry[],
  categories: Readonly<Record<string, readonly unknown[]>> = {},
): ReadonlyMap<string, number> {
  const declared = catalogue.flatMap(({ name, levels }): [string, number][] => (levels === undefined ? [] : [[name, levels.length]]));
  return new Map([...declared, ...Object.entries(categories).map(([name, levels]): [string, number] => [name, levels.length])]);
}
