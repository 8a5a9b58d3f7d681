import type { Sentence } from '../../../stages/explanations/reason-codes.ts';

/** Values of the application's categories, by the value in the data: words in both languages. */
const WORDS: Readonly<Record<string, Sentence>> = {
  F: { en: 'woman', fr: 'femme' },
  M: { en: 'man', fr: 'homme' },
  Y: { en: 'yes', fr: 'oui' },
  N: { en: 'no', fr: 'non' },
  'Single / not married': { en: 'single', fr: 'célibataire' },
  Unknown: { en: 'not known', fr: 'non renseigné' },
};

const FRENCH: Readonly<Record<string, string>> = {
  'Cash loans': 'prêt personnel',
  'Revolving loans': 'crédit renouvelable',
  'Civil marriage': 'union civile',
  Married: 'marié(e)',
  Separated: 'séparé(e)',
  Widow: 'veuf ou veuve',
  Businessman: 'chef d’entreprise',
  'Commercial associate': 'associé commercial',
  'Maternity leave': 'congé de maternité',
  Pensioner: 'retraité(e)',
  'State servant': 'fonctionnaire',
  Student: 'étudiant(e)',
  Unemployed: 'sans emploi',
  Working: 'salarié(e)',
  'Academic degree': 'doctorat',
  'Higher education': 'études supérieures',
  'Incomplete higher': 'études supérieures inachevées',
  'Lower secondary': 'collège',
  'Secondary / secondary special': 'lycée ou enseignement professionnel',
  'Co-op apartment': 'appartement en coopérative',
  'House / apartment': 'maison ou appartement',
  'Municipal apartment': 'logement social',
  'Office apartment': 'logement de fonction',
  'Rented apartment': 'location',
  'With parents': 'chez les parents',
  Accountants: 'comptabilité',
  'Cleaning staff': 'entretien',
  'Cooking staff': 'cuisine',
  'Core staff': 'employé(e) qualifié(e)',
  Drivers: 'conduite',
  'HR staff': 'ressources humaines',
  'High skill tech staff': 'technique, hautement qualifié',
  'IT staff': 'informatique',
  Laborers: 'ouvrier',
  'Low-skill Laborers': 'ouvrier peu qualifié',
  Managers: 'encadrement',
  'Medicine staff': 'santé',
  'Private service staff': 'services à la personne',
  'Realty agents': 'immobilier',
  'Sales staff': 'vente',
  Secretaries: 'secrétariat',
  'Security staff': 'sécurité',
  'Waiters/barmen staff': 'service en salle',
};

/** A category in words; one that no list has stays as it is. */
export function levelWords(value: string): Sentence {
  return WORDS[value] ?? { en: value, fr: FRENCH[value] ?? value };
}
