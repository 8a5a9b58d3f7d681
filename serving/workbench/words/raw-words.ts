import type { Language } from './bilingual.ts';

/** Values of the raw application that are shown in words; others are shown as they stand in the data. */
const CONTRACTS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'Cash loans': { en: 'Cash loan', fr: 'Prêt personnel' },
  'Revolving loans': { en: 'Revolving credit', fr: 'Crédit renouvelable' },
};

export function contractWords(contract: string | null, language: Language): string | null {
  return contract === null ? null : (CONTRACTS[contract]?.[language] ?? contract);
}
