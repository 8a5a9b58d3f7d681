import type { CatalogueEntry } from '../features/catalogue.ts';

/** A sentence for the person who applied, in both languages. */
export interface Sentence {
  readonly en: string;
  readonly fr: string;
}

export interface ReasonCode extends Sentence {
  /** Never changed, never used again for something else: letters and archives quote it. */
  readonly code: string;
  /** Concept of the catalogue that it speaks of. */
  readonly concept: string;
  /** Features of the concept that it is limited to; without, all that no other code of the concept names. */
  readonly only?: RegExp;
}

/**
 * The reasons that a refusal can be given, most specific first within a concept. Append only: a code that is no longer used stays
 * in the list, and a test holds every code to its meaning. No sentence says "too high" or "too low": a model need not punish the side
 * that one expects, and a reason must be true.
 */
export const REASON_CODES: readonly ReasonCode[] = [
  {
    code: 'E01',
    concept: 'external scores',
    en: 'The scores that other institutions give your file count against the application.',
    fr: 'Les notes que d’autres organismes attribuent à votre dossier pèsent sur la demande.',
  },
  {
    code: 'L02',
    concept: 'loan asked for',
    only: /^(loan_annuity|annuity_to_\w+|income_after_annuity)$/,
    en: 'The instalment of the loan, for your situation, counts against the application.',
    fr: 'La mensualité du prêt, au regard de votre situation, pèse sur la demande.',
  },
  {
    code: 'L03',
    concept: 'loan asked for',
    only: /goods/,
    en: 'The loan, compared with the price of what it pays for, counts against the application.',
    fr: 'Le prêt, rapporté au prix du bien qu’il finance, pèse sur la demande.',
  },
  {
    code: 'L04',
    concept: 'loan asked for',
    only: /^(loan_term_months|loan_payment_rate)$/,
    en: 'The length of the loan, that is its amount against its instalment, counts against the application.',
    fr: 'La durée du prêt, c’est-à-dire le montant rapporté à la mensualité, pèse sur la demande.',
  },
  {
    code: 'L05',
    concept: 'loan asked for',
    only: /^loan_revolving$/,
    en: 'The kind of loan you asked for counts against the application.',
    fr: 'Le type de prêt demandé pèse sur la demande.',
  },
  {
    code: 'L01',
    concept: 'loan asked for',
    en: 'The amount of the loan, for your situation, counts against the application.',
    fr: 'Le montant du prêt, au regard de votre situation, pèse sur la demande.',
  },
  {
    code: 'I01',
    concept: 'income',
    en: 'Your income counts against the application.',
    fr: 'Vos revenus pèsent sur la demande.',
  },
  {
    code: 'F02',
    concept: 'application form',
    only: /^apply_/,
    en: 'The day and hour at which the application was made count against the application.',
    fr: 'Le jour et l’heure du dépôt pèsent sur la demande.',
  },
  {
    code: 'F01',
    concept: 'application form',
    en: 'The documents or answers given in the form, or missing from it, count against the application.',
    fr: 'Les documents ou réponses fournis dans le formulaire, ou absents de celui-ci, pèsent sur la demande.',
  },
  {
    code: 'W02',
    concept: 'work and education',
    only: /^(occupation|employer)_/,
    en: 'Your occupation or your employer’s line of business counts against the application.',
    fr: 'Votre profession ou le secteur de votre employeur pèse sur la demande.',
  },
  {
    code: 'W03',
    concept: 'work and education',
    only: /^education_level$/,
    en: 'Your level of education counts against the application.',
    fr: 'Votre niveau d’études pèse sur la demande.',
  },
  {
    code: 'W04',
    concept: 'work and education',
    only: /^income_(working|pensioner|state|commercial)$/,
    en: 'The source of your income counts against the application.',
    fr: 'La nature de vos revenus pèse sur la demande.',
  },
  {
    code: 'W01',
    concept: 'work and education',
    en: 'The time you have been in your present job counts against the application.',
    fr: 'Votre ancienneté dans votre emploi actuel pèse sur la demande.',
  },
  {
    code: 'H02',
    concept: 'household',
    only: /^(owns_|car_|housing_)/,
    en: 'Your housing, or what you own, counts against the application.',
    fr: 'Votre logement, ou ce que vous possédez, pèse sur la demande.',
  },
  {
    code: 'H01',
    concept: 'household',
    en: 'The make-up of your household counts against the application.',
    fr: 'La composition de votre foyer pèse sur la demande.',
  },
  {
    code: 'P02',
    concept: 'papers and phone',
    only: /^(phone_(employer|work|home)|email_given|contact_count|document_)/,
    en: 'The contact details or papers that you gave count against the application.',
    fr: 'Les coordonnées ou les pièces que vous avez fournies pèsent sur la demande.',
  },
  {
    code: 'P01',
    concept: 'papers and phone',
    en: 'How recently your identity papers, address or telephone number changed counts against the application.',
    fr: 'L’ancienneté de vos papiers d’identité, de votre adresse ou de votre téléphone pèse sur la demande.',
  },
  {
    code: 'G02',
    concept: 'place',
    only: /^building_/,
    en: 'What is known of the building you live in counts against the application.',
    fr: 'Les informations connues sur votre immeuble pèsent sur la demande.',
  },
  {
    code: 'G01',
    concept: 'place',
    en: 'The place where you live or work counts against the application.',
    fr: 'Votre lieu de résidence ou de travail pèse sur la demande.',
  },
  {
    code: 'S01',
    concept: 'social circle',
    en: 'What is known of payments by people around you counts against the application.',
    fr: 'Les informations connues sur les paiements de votre entourage pèsent sur la demande.',
  },
  {
    code: 'Q01',
    concept: 'credit enquiries',
    en: 'How often lenders have recently asked about you counts against the application.',
    fr: 'Le nombre de consultations récentes de votre dossier par des prêteurs pèse sur la demande.',
  },
  {
    code: 'B03',
    concept: 'late payments elsewhere',
    en: 'Your record of payments on credits with other lenders counts against the application.',
    fr: 'L’historique de paiement de vos crédits auprès d’autres prêteurs pèse sur la demande.',
  },
  {
    code: 'B02',
    concept: 'debt elsewhere',
    en: 'What you owe to other lenders, for your situation, counts against the application.',
    fr: 'Ce que vous devez à d’autres prêteurs, au regard de votre situation, pèse sur la demande.',
  },
  {
    code: 'B01',
    concept: 'credits elsewhere',
    en: 'The number, kind or history of your credits with other lenders counts against the application.',
    fr: 'Le nombre, le type ou l’historique de vos crédits auprès d’autres prêteurs pèse sur la demande.',
  },
  {
    code: 'A01',
    concept: 'earlier applications',
    en: 'The outcome or number of your earlier applications to us counts against the application.',
    fr: 'L’issue ou le nombre de vos dossiers précédents chez nous pèse sur la demande.',
  },
  {
    code: 'A02',
    concept: 'earlier loans',
    en: 'The amounts or kinds of your earlier loans with us count against the application.',
    fr: 'Les montants ou les types de vos prêts précédents chez nous pèsent sur la demande.',
  },
  {
    code: 'A03',
    concept: 'cost of earlier loans',
    en: 'What your loans cost, this one or earlier ones, counts against the application.',
    fr: 'Le coût de vos prêts, celui-ci ou les précédents, pèse sur la demande.',
  },
  {
    code: 'D01',
    concept: 'late payments here',
    en: 'Your record of payment dates on loans with us counts against the application.',
    fr: 'Le respect des dates de paiement de vos prêts chez nous pèse sur la demande.',
  },
  {
    code: 'D02',
    concept: 'payments here',
    en: 'The instalments that you paid us so far, their size or how fully they were paid, count against the application.',
    fr: 'Les échéances que vous nous avez versées, leur montant ou leur paiement intégral, pèsent sur la demande.',
  },
  {
    code: 'C01',
    concept: 'use of cards',
    en: 'The way you use your credit cards counts against the application.',
    fr: 'L’usage de vos cartes de crédit pèse sur la demande.',
  },
  {
    code: 'N01',
    concept: 'length of history',
    en: 'How much is known of your earlier credits counts against the application.',
    fr: 'L’étendue de ce qui est connu de vos crédits passés pèse sur la demande.',
  },
];

/** For a feature of a concept without a code, in a graph of one's own say: each by itself, in the catalogue's words. */
function otherReason({ name, en, fr }: Pick<CatalogueEntry, 'name' | 'en' | 'fr'>): ReasonCode {
  return {
    code: 'X01',
    concept: name,
    en: `What your file says on “${en}” counts against the application.`,
    fr: `Ce que dit votre dossier sur « ${fr} » pèse sur la demande.`,
  };
}

/** The code of a feature; null for a prohibited one, which is never a reason. */
export function codeOf(entry: Pick<CatalogueEntry, 'name' | 'concept' | 'prohibited' | 'en' | 'fr'>): ReasonCode | null {
  if (entry.prohibited) return null;
  const own = REASON_CODES.filter((reason) => reason.concept === entry.concept);
  return own.find(({ only }) => only?.test(entry.name)) ?? own.find(({ only }) => only === undefined) ?? otherReason(entry);
}
