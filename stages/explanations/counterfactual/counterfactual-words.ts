import type { Counterfactual } from './find-counterfactuals.ts';
import type { LoanTerms } from './loan-terms.ts';
import type { Sentence } from '../reason-codes.ts';

interface Words {
  readonly credit: string;
  readonly annuity: string;
  readonly goods: string;
  readonly instead: string;
}

const WORDS: Readonly<Record<'en' | 'fr', Words>> = {
  en: { credit: 'a loan of', annuity: 'an instalment of', goods: 'a purchase price of', instead: 'instead of' },
  fr: { credit: 'un prêt de', annuity: 'une mensualité de', goods: 'un bien au prix de', instead: 'au lieu de' },
};

/** What would have changed the decision, for the applicant; says plainly where nothing tried would have. */
export function counterfactualWords({ asked, found }: Counterfactual): Sentence {
  if (found === null) {
    return {
      en: 'No other amount, instalment or price within what is usual would have changed the decision.',
      fr: 'Aucun autre montant, aucune autre mensualité ni aucun autre prix dans les limites habituelles n’aurait changé la décision.',
    };
  }
  return {
    en: `With ${changes(asked, found.terms, 'en')}, and all else as it is, the application would have been accepted.`,
    fr: `Avec ${changes(asked, found.terms, 'fr')}, toutes choses égales par ailleurs, la demande aurait été acceptée.`,
  };
}

function changes(asked: LoanTerms, terms: LoanTerms, language: 'en' | 'fr'): string {
  const words = WORDS[language];
  const parts = (['credit', 'annuity', 'goods'] as const).flatMap((field) => {
    const [from, to] = [asked[field], terms[field]];
    return from === null || to === null || from === to
      ? []
      : [`${words[field]} ${amount(to, language)} ${words.instead} ${amount(from, language)}`];
  });
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} ${language === 'en' ? 'and' : 'et'} ${last}`;
}

/** 1,234 in English, 1 234 in French, two decimals only where there are any. */
function amount(value: number, language: 'en' | 'fr'): string {
  const [whole = '', decimals = ''] = (Number.isInteger(value) ? String(value) : value.toFixed(2)).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : '\u202F');
  return decimals === '' ? grouped : `${grouped}${language === 'en' ? '.' : ','}${decimals}`;
}
