import type { Explanation, ConceptContribution, FeatureContribution } from '../explain-answer.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import { requireAdditive } from '../../../stages/explanations/contributions.ts';
import { relativeTo } from '../../../stages/explanations/reference.ts';
import type { ExplainerFacts, ServedModel } from '../served-model.ts';
import type { CatalogueEntry } from '../../../stages/features/catalogue.ts';
import { conceptWords } from '../../../stages/explanations/concept-words.ts';

/** A row's contributions as the worker gives them. */
export interface RowContributions {
  /** One a feature. */
  readonly values: Float32Array;
  readonly bias: number;
  readonly margin: number;
}

/** How a row's score came about, feature by feature and by concept. @throws SluiceError MODEL_DAMAGED where it does not add up to the margin */
export function explanationOf(
  model: ServedModel,
  explainer: Extract<ExplainerFacts, { kind: 'exact' }>,
  { row, contributions: { values, bias, margin } }: { readonly row: Float32Array; readonly contributions: RowContributions },
): Explanation {
  const relative = model.reference === null ? null : relativeTo(model.reference, values);
  const contributions = largestFirst(model, values).flatMap((column): FeatureContribution | readonly [] => {
    const [entry, description, value = Number.NaN] = [model.entries[column], model.descriptions[column], row[column]];
    if (entry === undefined || description === undefined) return [];
    return {
      feature: entry.name,
      value: Number.isNaN(value) ? null : value,
      contribution: values[column] ?? Number.NaN,
      beyondReference: relative?.[column] ?? null,
      concept: entry.concept,
      description,
      prohibited: entry.prohibited,
    };
  });
  const concepts = byConcept(model, { values, relative }, () => true);
  requireAdditive(
    concepts.reduce((sum, { contribution }) => sum + contribution, bias),
    margin,
    0,
  );
  requireAdditive(
    contributions.reduce((sum, { contribution }) => sum + contribution, bias),
    margin,
    0,
  );
  // What a person is told speaks for or against is never a prohibited attribute.
  const told = byConcept(model, { values, relative }, ({ prohibited }) => !prohibited);
  return {
    kind: 'exact',
    method: explainer.method,
    bias,
    contributions,
    concepts,
    forRefusal: told.filter((concept) => beyond(concept) > 0).toSorted((a, b) => beyond(b) - beyond(a)),
    forGrant: told.filter((concept) => beyond(concept) < 0).toSorted((a, b) => beyond(a) - beyond(b)),
    missing: missingOf(model),
  };
}

/** Without a reference what a group adds counts as it is. */
const beyond = ({ beyondReference, contribution }: ConceptContribution): number => beyondReference ?? contribution;

/** Columns that add something, largest in size first. */
function largestFirst({ features }: ServedModel, values: Float32Array): readonly number[] {
  const size = values.map(Math.abs);
  const name = (column: number): string => features[column] ?? '';
  return [...size.keys()]
    .filter((column) => size[column] !== 0)
    .toSorted((a, b) => (size[b] ?? Number.NaN) - (size[a] ?? Number.NaN) || (name(a) < name(b) ? -1 : 1));
}

interface Columns {
  readonly values: Float32Array;
  readonly relative: Float64Array | null;
}

/** Largest in size first. Sums lie in plain arrays of numbers: a thousand features go through here twice a call. */
function byConcept(
  { entries }: ServedModel,
  { values, relative }: Columns,
  counts: (entry: CatalogueEntry) => boolean,
): readonly ConceptContribution[] {
  const place = new Map<string, number>();
  const own = new Float64Array(entries.length);
  const beyondMean = new Float64Array(entries.length);
  entries.forEach((entry, column) => {
    if (!counts(entry)) return;
    const at = place.get(entry.concept) ?? place.size;
    if (at === place.size) place.set(entry.concept, at);
    own[at] = (own[at] ?? 0) + (values[column] ?? Number.NaN);
    if (relative !== null) beyondMean[at] = (beyondMean[at] ?? 0) + (relative[column] ?? Number.NaN);
  });
  return [...place]
    .map(([concept, at]) => ({
      concept,
      contribution: own[at] ?? Number.NaN,
      beyondReference: relative === null ? null : (beyondMean[at] ?? Number.NaN),
      ...conceptWords(concept),
    }))
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.concept < b.concept ? -1 : 1));
}

/** What a version lacks for reasons in words; null where it has it all. */
export function missingOf({ reference, hasCatalogue }: ServedModel): Sentence | null {
  if (!hasCatalogue)
    return {
      en: 'This version was registered without its catalogue of features: reasons cannot be put in words.',
      fr: 'Cette version a été enregistrée sans son catalogue de variables : les motifs ne peuvent être formulés.',
    };
  if (reference === null)
    return {
      en: 'This version was registered without the contributions of granted applicants: reasons cannot be told from what is usual.',
      fr: 'Cette version a été enregistrée sans les contributions des demandes acceptées : les motifs ne peuvent être distingués de l’habituel.',
    };
  return null;
}
