import type { Say } from './language.ts';

const FRENCH: Readonly<Record<string, string>> = {
  'application form': 'formulaire de demande',
  'credits elsewhere': 'crédits ailleurs',
  'debt elsewhere': 'dettes ailleurs',
  'earlier applications': 'demandes antérieures',
  'earlier loans': 'prêts antérieurs',
  'external scores': 'notes externes',
  household: 'foyer',
  income: 'revenus',
  'late payments elsewhere': 'retards ailleurs',
  'late payments here': 'retards chez nous',
  'length of history': 'ancienneté du dossier',
  'loan asked for': 'prêt demandé',
  other: 'autre',
  'papers and phone': 'pièces et téléphone',
  'payments here': 'paiements chez nous',
  place: 'lieu',
  'sex and age': 'sexe et âge',
  'social circle': 'entourage',
  'use of cards': 'usage des cartes',
  'work and education': 'travail et études',
};

/** A concept of the catalogue in the page's language. */
export function conceptName(concept: string, say: Say): string {
  return say(concept, FRENCH[concept] ?? concept);
}
