import { type Row, rows } from './row.ts';

const place: readonly Row[] = [
  ['region_population', 'REGION_POPULATION_RELATIVE', 'Population of the region, scaled', 'Population de la région, normalisée', '-'],
  ['region_rating_city', 'REGION_RATING_CLIENT_W_CITY, 1 best to 3', 'Rating of region and city', 'Note de la région et de la ville', '+'],
  [
    'city_registered_not_lived',
    'REG_CITY_NOT_LIVE_CITY',
    'Lives in another city than registered',
    'Habite une autre ville que déclaré',
    '+',
  ],
  ['building_area', 'TOTALAREA_MODE, scaled to 1', 'Area of the building, scaled', 'Surface de l’immeuble, normalisée', '-'],
  ['building_floors', 'FLOORSMAX_AVG, scaled to 1', 'Floors of the building, scaled', 'Étages de l’immeuble, normalisés', '-'],
];

const circle: readonly Row[] = [
  ['circle_defaults_30', 'DEF_30_CNT_SOCIAL_CIRCLE', 'Acquaintances in default for 30 days', 'Proches en défaut de 30 jours', '+'],
  ['circle_default_share_30', 'DEF_30_ / OBS_30_CNT_SOCIAL_CIRCLE', 'Share of acquaintances in default', 'Part des proches en défaut', '+'],
];

const enquiries: readonly Row[] = [
  [
    'enquiries_month',
    'AMT_REQ_CREDIT_BUREAU_HOUR + DAY + WEEK + MON',
    'Credit enquiries, last month',
    'Consultations du fichier, dernier mois',
    '+',
  ],
  [
    'enquiries_quarter',
    'AMT_REQ_CREDIT_BUREAU_QRT',
    'Credit enquiries, the two months before',
    'Consultations du fichier, deux mois précédents',
    '?',
  ],
  [
    'enquiries_year',
    'AMT_REQ_CREDIT_BUREAU_YEAR',
    'Credit enquiries, rest of the last year',
    'Consultations du fichier, reste de l’année',
    '+',
  ],
];

/** Where the applicant lives, among whom, and who asked about the applicant. */
export const applicationPlace = [
  ...rows({ table: 'application_train', concept: 'place' }, place),
  ...rows({ table: 'application_train', concept: 'social circle' }, circle),
  ...rows({ table: 'application_train', concept: 'credit enquiries' }, enquiries),
];
