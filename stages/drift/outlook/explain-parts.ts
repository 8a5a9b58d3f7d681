import type { FloatMatrix } from '../../../pipeline/index.ts';
import { conceptsOf } from '../../explanations/concepts.ts';
import { exactContributions } from '../../explanations/contributions.ts';
import type { CatalogueEntry } from '../../features/catalogue.ts';
import type { FittedModel } from '../../scoring/model/fitted-model.ts';
import { scoreShift } from '../shift/score-shift.ts';
import { ENOUGH_ROWS, everyFewRows } from './every-few-rows.ts';
import { featureDrift, mostImportant } from './feature-drift.ts';
import type { ImportanceResult, ShiftResult } from './outlook-schema.ts';
import { COMPONENT_COLUMNS } from './tell-apart.ts';

/** Rows of either part whose contributions are computed. */
const EXPLAINED_ROWS = 1000;

export interface ExplainedParts {
  readonly shift: ShiftResult | null;
  readonly importance: ImportanceResult | null;
  /** Columns of the matrices that matter most; the first ones where the model does not say. */
  readonly important: readonly number[];
}

/** Why the mean score moved, and whether what the model rests on has drifted; null for a model without exact contributions. */
export function explainParts(
  model: FittedModel,
  parts: { readonly reference: FloatMatrix; readonly current: FloatMatrix },
  catalogue: readonly CatalogueEntry[],
): ExplainedParts {
  if (model.explainer.kind === 'none') {
    const first = parts.reference.columns.map((_, column) => column).slice(0, COMPONENT_COLUMNS);
    return { shift: null, importance: null, important: first };
  }
  const reference = exactContributions(model, everyFewRows(parts.reference, EXPLAINED_ROWS));
  const current = exactContributions(model, everyFewRows(parts.current, EXPLAINED_ROWS));
  const concepts = conceptsOf(reference.columns, catalogue);
  const shift = scoreShift(reference, current, concepts);
  return {
    shift: { ...shift, concepts: [...shift.concepts], features: [...shift.features] },
    importance: featureDrift({
      contributions: reference,
      reference: everyFewRows(parts.reference, ENOUGH_ROWS),
      current: everyFewRows(parts.current, ENOUGH_ROWS),
      concepts,
    }),
    important: mostImportant(reference, COMPONENT_COLUMNS),
  };
}
