export type Language = 'en' | 'fr';

/** Picks the text of a language: the two stand side by side, so that neither is forgotten. */
export type Say = (en: string, fr: string) => string;

export function sayIn(language: Language): Say {
  return (en, fr) => (language === 'fr' ? unbroken(fr) : en);
}

/** French sets a space before these marks and within quotes; a line must not break there. */
export function unbroken(french: string): string {
  return french.replaceAll(/ (?=[;:?!»%])/g, '\u00A0').replaceAll('« ', '«\u00A0');
}
