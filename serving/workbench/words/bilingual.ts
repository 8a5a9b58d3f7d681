/** Words of one part of the page. Functions take what a sentence says; French must have each that English has. */
export interface Bilingual<W> {
  readonly en: W;
  readonly fr: W;
}

export type Language = 'en' | 'fr';

export function bilingual<W extends object>(en: W, fr: NoInfer<W>): Bilingual<W> {
  return { en, fr };
}
