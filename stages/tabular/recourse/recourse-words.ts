import type { Dataset } from '../dataset-section.ts';
import type { Value } from './candidates.ts';
import type { Change } from './search.ts';

/** What would have changed the decision, as it is written to the applicant. */
export function recourseWords(changes: readonly Change[] | null, { columns }: Dataset): { readonly en: string; readonly fr: string } {
  if (changes === null) {
    return {
      en: 'No other values of what you can change would have been approved, of those that we tried.',
      fr: 'Aucune autre valeur de ce que vous pouvez modifier, parmi celles essayées, n’aurait été acceptée.',
    };
  }
  const say = (language: 'en' | 'fr', instead: string, unknown: string): readonly string[] =>
    changes.map(({ column, from, to }) => {
      const declared = columns[column];
      const text = (value: Value): string =>
        value === null ? unknown : typeof value === 'number' ? value.toLocaleString(language) : (declared?.labels[value] ?? value);
      return `${declared?.[language] ?? column}${language === 'fr' ? ' :' : ':'} ${text(to)} ${instead} ${text(from)}`;
    });
  return {
    en: `It would have been approved with ${say('en', 'instead of', 'no answer').join('; ')}.`,
    fr: `La demande aurait été acceptée avec ${say('fr', 'au lieu de', 'aucune réponse').join(' ; ')}.`,
  };
}
