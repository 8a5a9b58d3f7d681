import type { LiveModel } from '../live-model.ts';
import type { ModelOverview } from '../model-overview.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import { conceptWords } from '../../../stages/explanations/concept-words.ts';
import { missingOf } from './explanation.ts';

/** The model as a whole: what moves its scores, and what it came without. */
export function overviewOf({ model, explainer, population, words }: LiveModel): ModelOverview {
  const facts = population?.record.features ?? [];
  const importance = model.entries
    .map(({ name, concept, en, fr }, column) => ({ feature: name, concept, description: { en, fr }, meanAbs: facts[column]?.meanAbs ?? 0 }))
    .filter(({ meanAbs }) => meanAbs > 0)
    .toSorted((a, b) => b.meanAbs - a.meanAbs || (a.feature < b.feature ? -1 : 1));
  return {
    model: model.identity,
    trainer: model.summary.trainer,
    features: model.features.length,
    threshold: words.threshold,
    missing: [explainer.kind === 'none' ? NO_CONTRIBUTIONS : missingOf(model), population === null ? NO_POPULATION : null].filter(
      (sentence) => sentence !== null,
    ),
    importance,
    concepts: (population?.record.concepts ?? [])
      .map(({ concept, meanAbs }) => ({ concept, meanAbs, ...conceptWords(concept) }))
      .toSorted((a, b) => b.meanAbs - a.meanAbs),
  };
}

const NO_CONTRIBUTIONS: Sentence = {
  en: 'This kind of model has no exact contributions: scores are not explained.',
  fr: 'Ce type de modèle n’a pas de contributions exactes : les scores ne sont pas expliqués.',
};
const NO_POPULATION: Sentence = {
  en: 'There is no population here to compare applicants with: no band of the probability, no similar applicants.',
  fr: 'Aucune population n’est disponible ici pour comparer : ni fourchette de probabilité, ni clients similaires.',
};
