import { applicationColumns } from '../../../tables/application-columns.ts';
import type { CatalogueEntry } from '../../catalogue.ts';

type Category = readonly [name: string, column: string, concept: string, en: string, fr: string];

const categories: readonly Category[] = [
  ['category_occupation', 'OCCUPATION_TYPE', 'work and education', 'Occupation', 'Profession'],
  ['category_employer', 'ORGANIZATION_TYPE', 'work and education', 'Kind of employer', 'Type d’employeur'],
  ['category_income', 'NAME_INCOME_TYPE', 'work and education', 'Kind of income', 'Type de revenu'],
  ['category_education', 'NAME_EDUCATION_TYPE', 'work and education', 'Education', 'Études'],
  ['category_family', 'NAME_FAMILY_STATUS', 'household', 'Marital status', 'Situation familiale'],
  ['category_housing', 'NAME_HOUSING_TYPE', 'household', 'Housing', 'Logement'],
  ['category_suite', 'NAME_TYPE_SUITE', 'application form', 'Who came along', 'Accompagnement'],
  ['category_walls', 'WALLSMATERIAL_MODE', 'place', 'Walls of the building', 'Murs de l’immeuble'],
  ['category_weekday', 'WEEKDAY_APPR_PROCESS_START', 'application form', 'Day of the application', 'Jour de la demande'],
];

/** Levels that say that nothing is known. */
const NOT_KNOWN: ReadonlySet<string> = new Set(['', 'XNA', 'Unknown']);

/** Columns of sql/families/application_categories.sql. */
export const applicationCategories: readonly CatalogueEntry[] = categories.map(([name, column, concept, en, fr]) => ({
  name,
  table: 'application_train',
  formula: `place of ${column} among its levels, from 0`,
  concept,
  en,
  fr,
  direction: 'unknown',
  prohibited: false,
  changeable: false,
  levels: (applicationColumns[column]?.levels ?? []).filter((level) => !NOT_KNOWN.has(level)),
}));
