import { conceptWords } from '../../explanations/concept-words.ts';
import type { Say } from './language.ts';

/** A concept of the catalogue in the page's language. */
export function conceptName(concept: string, say: Say): string {
  const { en, fr } = conceptWords(concept);
  return say(en, fr);
}
