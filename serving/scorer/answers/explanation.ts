import { oncePer } from './once-per.ts';
import type { Explanation, ConceptContribution, FeatureContribution } from '../explain-answer.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import { requireAdditive } from '../../../stages/explanations/contributions.ts';
import { relativeTo } from '../../../stages/explanations/reference.ts';
import type { ExplainerFacts, ServedModel } from '../served-model.ts';
import type { CatalogueEntry } from '../../../stages/features/catalogue.ts';
import { conceptWords } from '../../../stages/explanations/concept-words.ts';

/** A row's contributions as the worker gives them, with its score. */
export interface RowContributions {
  /** One a feature. */
  readonly values: Float32Array;
  readonly bias: number;
  readonly margin: number;
  readonly calibrated: number;
}

/** How a row's score came about, feature by feature and by concept. @throws SluiceError MODEL_DAMAGED where it does not add up to the margin */
export function explanationOf(
  model: ServedModel,
  explainer: Extract<ExplainerFacts, { kind: 'exact' }>,
  { row, contributions: { values, bias, margin } }: { readonly row: Float32Array; readonly contributions: RowContributions },
): Explanation {
  const relative = model.reference === null ? null : relativeTo(model.reference, values);
  const contributions: FeatureContribution[] = [];
  for (const column of largestFirst(model, values)) {
    const [entry, description, value = Number.NaN] = [model.entries[column], model.descriptions[column], row[column]];
    if (entry === undefined || description === undefined) continue;
    contributions.push({
      feature: entry.name,
      value: Number.isNaN(value) ? null : value,
      contribution: rounded(values[column] ?? Number.NaN),
      beyondReference: relative === null ? null : rounded(relative[column] ?? Number.NaN),
      concept: entry.concept,
      description,
      prohibited: entry.prohibited,
    });
  }
  const { all, told: tellable } = conceptColumns(model);
  const concepts = byConcept(all, { values, relative });
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
  const told = byConcept(tellable, { values, relative });
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

/** Contributions are told in whole billionths: finer than a Float32 sum over trees is, and a third of the digits. */
const BILLION = 10 ** 9;
const LEAST = 0.5 / BILLION;
const rounded = (value: number): number => Math.round(value * BILLION) / BILLION;

/** Without a reference what a group adds counts as it is. */
const beyond = ({ beyondReference, contribution }: ConceptContribution): number => beyondReference ?? contribution;

/** Room for a place among the features beside the bits of a Float32, both exact in a Float64. */
const PLACES = 2 ** 20;
const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** Columns that add something, largest in size first, then by name. Sorted as numbers: a comparison of its own a pair is a fifth of an answer. */
function largestFirst(model: ServedModel, values: Float32Array): readonly number[] {
  const { placeOf, columnAt } = namesInOrder(model);
  const keys = new Float64Array(values.length);
  let known = 0;
  values.forEach((value, column) => {
    if (Math.abs(value) < LEAST) return;
    // Sizes of floats are in the order of their bits; the largest first.
    float[0] = Math.abs(value);
    keys[known++] = (0xff_ff_ff_ff - (bits[0] ?? 0)) * PLACES + (placeOf[column] ?? 0);
  });
  const columns: number[] = [];
  for (const key of keys.subarray(0, known).toSorted()) columns.push(columnAt[key % PLACES] ?? 0);
  return columns;
}

interface NamesInOrder {
  /** Of each column, the place of its name among all in order; and back. */
  readonly placeOf: Int32Array;
  readonly columnAt: Int32Array;
}

const namesInOrder = oncePer(({ features }: ServedModel): NamesInOrder => {
  const columnAt = Int32Array.from(features.keys()).toSorted((a, b) => ((features[a] ?? '') < (features[b] ?? '') ? -1 : 1));
  const placeOf = new Int32Array(columnAt.length);
  columnAt.forEach((column, place) => (placeOf[column] = place));
  return { placeOf, columnAt };
});

/** The concept of each column, by its place among the concepts; −1 for a column that does not count. */
interface ConceptColumns {
  readonly concepts: readonly string[];
  readonly placeOf: Int32Array;
}

const conceptColumns = oncePer(({ entries }: ServedModel) => ({
  all: conceptsOf(entries, () => true),
  told: conceptsOf(entries, ({ prohibited }) => !prohibited),
}));

function conceptsOf(entries: readonly CatalogueEntry[], counts: (entry: CatalogueEntry) => boolean): ConceptColumns {
  const concepts = [...new Set(entries.filter(counts).map(({ concept }) => concept))];
  return { concepts, placeOf: Int32Array.from(entries, (entry) => (counts(entry) ? concepts.indexOf(entry.concept) : -1)) };
}

interface Columns {
  readonly values: Float32Array;
  readonly relative: Float64Array | null;
}

/** Largest in size first. */
function byConcept({ concepts, placeOf }: ConceptColumns, { values, relative }: Columns): readonly ConceptContribution[] {
  const own = new Float64Array(concepts.length);
  const beyondMean = new Float64Array(concepts.length);
  placeOf.forEach((at, column) => {
    if (at < 0) return;
    own[at] = (own[at] ?? 0) + (values[column] ?? Number.NaN);
    if (relative !== null) beyondMean[at] = (beyondMean[at] ?? 0) + (relative[column] ?? Number.NaN);
  });
  return concepts
    .map((concept, at) => ({
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
