export type Language = 'en' | 'fr';

/** Picks the text of a language: the two stand side by side, so that neither is forgotten. */
export type Say = (en: string, fr: string) => string;

export function sayIn(language: Language): Say {
  return (en, fr) => (language === 'fr' ? fr : en);
}
