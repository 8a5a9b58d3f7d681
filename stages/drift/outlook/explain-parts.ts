import type { FloatMatrix } from '../../../pipeline/index.ts';
import { conceptsOf } from '../../explanations/concepts.ts';
import { exactContributions } from '../../explanations/contributions.ts';
import type { CatalogueEntry } from '../../features/catalogue.ts';
import type { FittedModel } from '../../scoring/model/fitted-model.ts';
import { scoreShift } from '../shift/score-shift.ts';
import { everyFewRows } from './every-few-rows.ts';
import type { ShiftResult } from './outlook-schema.ts';

/** Rows of either part whose contributions are computed. */
const EXPLAINED_ROWS = 1000;

/** Why the mean score moved; null for a model without exact contributions. */
export function explainShift(
  model: FittedModel,
  parts: { readonly reference: FloatMatrix; readonly current: FloatMatrix },
  catalogue: readonly CatalogueEntry[],
): ShiftResult | null {
  if (model.explainer.kind === 'none') return null;
  const reference = exactContributions(model, everyFewRows(parts.reference, EXPLAINED_ROWS));
  const current = exactContributions(model, everyFewRows(parts.current, EXPLAINED_ROWS));
  const shift = scoreShift(reference, current, conceptsOf(reference.columns, catalogue));
  return { ...shift, concepts: [...shift.concepts], features: [...shift.features] };
}
