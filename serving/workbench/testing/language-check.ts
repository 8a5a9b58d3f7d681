import type { Page } from 'playwright-core';
import { applicantsWords } from '../pages/applicants/applicants-words.ts';
import { caseWords } from '../pages/case/case-words.ts';
import { changeWords } from '../pages/case/change/change-words.ts';
import { comparisonWords } from '../pages/case/comparison/comparison-words.ts';
import { dataWords } from '../pages/case/data/data-words.ts';
import { reasonsWords } from '../pages/case/reasons/reasons-words.ts';
import { recordWords } from '../pages/case/record/record-words.ts';
import { letterPageWords, letterWords } from '../pages/letter/letter-words.ts';
import { modelWords } from '../pages/model/model-words.ts';
import { monitoringWords } from '../pages/monitoring/monitoring-words.ts';
import { signInWords } from '../pages/sign-in/sign-in-words.ts';
import type { Language } from '../words/bilingual.ts';
import { shellWords } from '../words/shell-words.ts';

/** All words of the page, in both languages. */
export const ALL_WORDS = {
  applicantsWords,
  caseWords,
  changeWords,
  comparisonWords,
  dataWords,
  letterPageWords,
  letterWords,
  modelWords,
  monitoringWords,
  reasonsWords,
  recordWords,
  shellWords,
  signInWords,
};

/** Words that no sentence of one language does without and that the other has not: what gives a leftover away, wherever it comes from. */
const GIVEAWAYS: Readonly<Record<Language, RegExp>> = {
  en: /(?<![\p{L}\d_])(?:the|of|and|with|is|are|was|not|this|from|for|by|what|which|would|to|than|has|have|been|most|mean|share|days|months|loans?|applicants?|unknown|yes)(?![\p{L}\d_])/iu,
  fr: /(?<![\p{L}\d_])(?:le|la|les|des|du|une|est|sont|pour|dans|avec|sur|par|qui|que|ce|cette|aux|chez|moyenne|jours|mois|prêts?|demandeurs?|inconnue?|oui)(?![\p{L}\d_])/iu,
};

/** Where a French line could break before a mark. */
const BREAKING = / [;:?!»%](?!\w)|« /;

/** Texts and spoken attributes of the page as they stand, but what is marked as being in another language. Runs in the browser. */
const TEXTS = `(() => {
  const page = document.documentElement.lang;
  const own = (element) => element.closest('[lang]').lang === page;
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() !== '' && own(parentElement) && !parentElement.closest('script, style, code, noscript')) texts.push(data.trim());
  }
  for (const element of document.querySelectorAll('[aria-label], [aria-roledescription], [aria-description], [title], [alt], [placeholder], [aria-valuetext]')) {
    if (!own(element)) continue;
    for (const name of ['aria-label', 'aria-roledescription', 'aria-description', 'title', 'alt', 'placeholder', 'aria-valuetext']) {
      const text = element.getAttribute(name);
      if (text) texts.push(text);
    }
  }
  return texts;
})()`;

/** Texts of the page that read as the other language. */
export async function leftovers(page: Page, language: Language): Promise<readonly string[]> {
  const texts: readonly string[] = await page.evaluate(TEXTS);
  return texts.filter((text) => isLeftover(text, language));
}

const PLAIN: Readonly<Record<Language, ReadonlySet<string>>> = { en: plainWords('en'), fr: plainWords('fr') };
/** Languages are offered under their own names. */
const NAMES: ReadonlySet<string> = new Set(['Français', 'English', 'FR', 'EN']);

/** Whether a text reads as the other language, by a word that gives it away or as one of that language's own words of the page, or may break before a mark. */
export function isLeftover(text: string, language: Language): boolean {
  const other = language === 'fr' ? 'en' : 'fr';
  if (NAMES.has(text)) return false;
  const foreign = PLAIN[other].has(text) && !PLAIN[language].has(text);
  return foreign || GIVEAWAYS[other].test(text) || (language === 'fr' && BREAKING.test(text));
}

function plainWords(language: Language): ReadonlySet<string> {
  return new Set(Object.values(ALL_WORDS).flatMap((words) => textsOf(words[language])));
}

function textsOf(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : [];
}
