import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import type { RawRow, RawRows } from '../../../stages/features/raw-columns.ts';
import { UNKNOWN_DAY } from '../../../stages/tables/column.ts';
import { levelWords } from './level-words.ts';

type Value = RawRow[string];

export interface PersonalField {
  readonly column: string;
  readonly label: Sentence;
  readonly value: Value;
  /** The value in words. */
  readonly text: Sentence;
}

const DAYS_A_YEAR = 365.25;
const UNKNOWN: Sentence = { en: 'not known', fr: 'non renseigné' };

/** Columns of the application that say who applies and for what, in the order that an officer reads them. */
const FIELDS: readonly (readonly [column: string, label: Sentence, words: (value: Exclude<Value, null>) => Sentence])[] = [
  ['NAME_CONTRACT_TYPE', { en: 'Kind of loan', fr: 'Type de prêt' }, level],
  ['AMT_CREDIT', { en: 'Amount asked for', fr: 'Montant demandé' }, amount],
  ['AMT_ANNUITY', { en: 'Instalment', fr: 'Mensualité' }, amount],
  ['AMT_GOODS_PRICE', { en: 'Price of the goods', fr: 'Prix du bien' }, amount],
  ['CODE_GENDER', { en: 'Sex', fr: 'Sexe' }, level],
  ['DAYS_BIRTH', { en: 'Age', fr: 'Âge' }, years],
  ['NAME_FAMILY_STATUS', { en: 'Family status', fr: 'Situation familiale' }, level],
  ['CNT_CHILDREN', { en: 'Children', fr: 'Enfants' }, plain],
  ['CNT_FAM_MEMBERS', { en: 'Family members', fr: 'Membres du foyer' }, plain],
  ['AMT_INCOME_TOTAL', { en: 'Income', fr: 'Revenu' }, amount],
  ['NAME_INCOME_TYPE', { en: 'Kind of income', fr: 'Type de revenu' }, level],
  ['OCCUPATION_TYPE', { en: 'Occupation', fr: 'Profession' }, level],
  ['DAYS_EMPLOYED', { en: 'In this work for', fr: 'Ancienneté dans l’emploi' }, years],
  ['NAME_EDUCATION_TYPE', { en: 'Education', fr: 'Études' }, level],
  ['NAME_HOUSING_TYPE', { en: 'Housing', fr: 'Logement' }, level],
  ['FLAG_OWN_REALTY', { en: 'Owns a home', fr: 'Propriétaire' }, level],
  ['FLAG_OWN_CAR', { en: 'Owns a car', fr: 'Possède une voiture' }, level],
  ['OWN_CAR_AGE', { en: 'Age of the car', fr: 'Âge de la voiture' }, (value) => ofYears(Number(value))],
];

/** Who the applicant is, in words. Amounts are in the book's currency, which Home Credit does not name. */
export function personalFields(rows: RawRows): readonly PersonalField[] {
  const application = rows.application_test?.[0] ?? rows.application_train?.[0] ?? {};
  return FIELDS.map(([column, label, words]) => {
    const value = application[column] ?? null;
    const known = value !== null && value !== UNKNOWN_DAY && value !== 'XNA';
    return { column, label, value, text: known ? words(value) : UNKNOWN };
  });
}

function level(value: Exclude<Value, null>): Sentence {
  return levelWords(String(value));
}

function plain(value: Exclude<Value, null>): Sentence {
  return { en: String(value), fr: String(value).replace('.', ',') };
}

function amount(value: Exclude<Value, null>): Sentence {
  const format = (language: string): string => Number(value).toLocaleString(language, { maximumFractionDigits: 0 });
  return { en: format('en'), fr: format('fr') };
}

/** Days before the application, as whole years. */
function years(value: Exclude<Value, null>): Sentence {
  return ofYears(Math.floor(-Number(value) / DAYS_A_YEAR));
}

function ofYears(count: number): Sentence {
  return { en: `${count} ${count === 1 ? 'year' : 'years'}`, fr: `${count} ${count < 2 ? 'an' : 'ans'}` };
}
