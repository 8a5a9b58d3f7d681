import type { Explanation, ConceptContribution, FeatureContribution } from '../explain-answer.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import { requireAdditive } from '../../../stages/explanations/contributions.ts';
import { relativeTo } from '../../../stages/explanations/reference.ts';
import type { ExplainerFacts, ServedModel } from '../served-model.ts';
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
  const all = model.entries.map((entry, column): FeatureContribution => {
    const value = row[column] ?? Number.NaN;
    return {
      feature: entry.name,
      value: Number.isNaN(value) ? null : value,
      contribution: values[column] ?? Number.NaN,
      beyondReference: relative?.[column] ?? null,
      concept: entry.concept,
      description: { en: entry.en, fr: entry.fr },
      prohibited: entry.prohibited,
    };
  });
  const contributions = all
    .filter(({ contribution }) => contribution !== 0)
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.feature < b.feature ? -1 : 1));
  const concepts = byConcept(all);
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
  const told = byConcept(all.filter(({ prohibited }) => !prohibited));
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

/** Largest in size first. */
function byConcept(features: readonly FeatureContribution[]): readonly ConceptContribution[] {
  const sums = new Map<string, { contribution: number; beyondReference: number | null }>();
  for (const { concept, contribution, beyondReference } of features) {
    const sum = sums.get(concept) ?? { contribution: 0, beyondReference: beyondReference === null ? null : 0 };
    sums.set(concept, {
      contribution: sum.contribution + contribution,
      beyondReference: sum.beyondReference === null || beyondReference === null ? null : sum.beyondReference + beyondReference,
    });
  }
  return [...sums]
    .map(([concept, sum]) => ({ concept, ...sum, ...conceptWords(concept) }))
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
