import type { Sentence } from './reason-codes.ts';

/** The catalogue's concepts in French; their English is their name. */
const FRENCH: Readonly<Record<string, string>> = {
  'application form': 'formulaire de demande',
  'cost of earlier loans': 'coût des prêts antérieurs',
  'credit enquiries': 'consultations de crédit',
  'credits elsewhere': 'crédits ailleurs',
  'debt elsewhere': 'dettes ailleurs',
  'earlier applications': 'demandes antérieures',
  'earlier loans': 'prêts antérieurs',
  'external scores': 'notes externes',
  household: 'ménage',
  income: 'revenus',
  'late payments elsewhere': 'retards de paiement ailleurs',
  'late payments here': 'retards de paiement chez nous',
  'length of history': 'ancienneté de l’historique',
  'loan asked for': 'prêt demandé',
  other: 'autres',
  'papers and phone': 'documents et téléphone',
  'payments here': 'paiements chez nous',
  place: 'lieu',
  'sex and age': 'sexe et âge',
  'social circle': 'entourage',
  'use of cards': 'usage des cartes',
  'work and education': 'travail et études',
};

/** A concept that the table does not know is called by its name in both languages. */
export function conceptWords(concept: string): Sentence {
  return { en: concept, fr: FRENCH[concept] ?? concept };
}

/** Concepts that have French words, for the test that none is forgotten. */
export const TRANSLATED_CONCEPTS: ReadonlySet<string> = new Set(Object.keys(FRENCH));
