import { useMemo } from 'react';
import { formatOf, type Format } from './format.ts';
import { useLanguage } from './language.tsx';

export function useFormat(): Format {
  const { language } = useLanguage();
  return useMemo(() => formatOf(language), [language]);
}
