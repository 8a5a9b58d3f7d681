import type { CatalogueEntry } from '../../features/catalogue.ts';

interface Peers {
  readonly of: string;
  readonly en: string;
  readonly fr: string;
  readonly prohibited: boolean;
}

const PEERS: Readonly<Record<string, Peers>> = {
  peers_age: {
    of: 'clients of the same education, occupation and age (up to 27, 40, 50, 65, above)',
    en: 'people of that education, occupation and age',
    fr: 'personnes de mêmes études, profession et âge',
    prohibited: true,
  },
  peers_sex: {
    of: 'clients of the same sex, education, occupation and whether they work in the city of registration',
    en: 'people of that sex, education and occupation',
    fr: 'personnes de mêmes sexe, études et profession',
    prohibited: true,
  },
  peers_term: {
    of: 'clients of the same AMT_CREDIT / AMT_ANNUITY (up to 6, 12, 18, 24, 30, 36, above), NAME_INCOME_TYPE and education',
    en: 'people of that term, kind of income and education',
    fr: 'personnes de mêmes durée, type de revenu et études',
    prohibited: false,
  },
  peers_occupation: {
    of: 'clients of the same OCCUPATION_TYPE',
    en: 'people of that occupation',
    fr: 'personnes de même profession',
    prohibited: false,
  },
  peers_organisation: {
    of: 'clients of the same ORGANIZATION_TYPE',
    en: 'people of that kind of employer',
    fr: 'personnes de même type d’employeur',
    prohibited: false,
  },
  peers_region: {
    of: 'clients of the same REGION_POPULATION_RELATIVE',
    en: 'people of that region',
    fr: 'personnes de même région',
    prohibited: false,
  },
};

interface Measure extends Pick<CatalogueEntry, 'concept' | 'direction' | 'changeable'> {
  readonly of: string;
  readonly en: string;
  readonly fr: string;
}

const MEASURES: Readonly<Record<string, Measure>> = {
  ext: { of: 'ext_mean', en: 'Outside scores', fr: 'Scores externes', concept: 'external scores', direction: 'lowers', changeable: false },
  income: { of: 'AMT_INCOME_TOTAL', en: 'Income', fr: 'Revenu', concept: 'income', direction: 'lowers', changeable: false },
  term: {
    of: 'AMT_CREDIT / AMT_ANNUITY',
    en: 'Term',
    fr: 'Durée',
    concept: 'loan asked for',
    direction: 'unknown',
    changeable: true,
  },
  credit: {
    of: 'AMT_CREDIT',
    en: 'Amount asked for',
    fr: 'Montant demandé',
    concept: 'loan asked for',
    direction: 'unknown',
    changeable: true,
  },
  annuity: { of: 'AMT_ANNUITY', en: 'Instalment', fr: 'Mensualité', concept: 'loan asked for', direction: 'unknown', changeable: true },
};

/** In the order of sql/peer_columns.sql. */
export const peerGroupsCatalogue: readonly CatalogueEntry[] = Object.entries(PEERS).flatMap(([peers, group]) =>
  Object.entries(MEASURES).map(([name, measure]) => ({
    name: `${peers}_${name}_diff`,
    table: 'application_train',
    formula: `${measure.of} − its median among development ${group.of}; null where these are fewer than 30`,
    concept: measure.concept,
    en: `${measure.en} against ${group.en}`,
    fr: `${measure.fr} par rapport aux ${group.fr}`,
    direction: measure.direction,
    prohibited: group.prohibited,
    changeable: measure.changeable,
    fitted: true,
  })),
);
