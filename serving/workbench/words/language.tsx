import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Bilingual, Language } from './bilingual.ts';

const KEPT = 'sluice.language';

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice>({ language: 'en', choose: () => {} });

/** French where it was chosen, or where the browser asks for it; English otherwise. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'fr') return kept;
  return navigator.language.startsWith('fr') ? 'fr' : 'en';
}

/** Tells the document, react-aria and all words below which of the two languages to speak. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(KEPT, language);
  }, [language]);
  const choice = useMemo(() => ({ language, choose: setLanguage }), [language]);
  return (
    <LanguageContext value={choice}>
      <I18nProvider locale={language === 'fr' ? 'fr-FR' : 'en-GB'}>{children}</I18nProvider>
    </LanguageContext>
  );
}

export function useLanguage(): LanguageChoice {
  return use(LanguageContext);
}

export function useWords<W>(words: Bilingual<W>): W {
  return words[useLanguage().language];
}
