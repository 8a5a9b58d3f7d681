import { type Row, rows } from '../row.ts';

const scores: readonly Row[] = [
  ['ext_1_null', 'EXT_SOURCE_1 is null', 'External score 1 missing', 'Score externe 1 absent', '?'],
  ['ext_2_null', 'EXT_SOURCE_2 is null', 'External score 2 missing', 'Score externe 2 absent', '+'],
  ['ext_3_null', 'EXT_SOURCE_3 is null', 'External score 3 missing', 'Score externe 3 absent', '+'],
  ['ext_13_prod', 's1 · s3', 'External scores 1 and 3: product', 'Scores externes 1 et 3 : produit', '-'],
  ['ext_12_diff', 's1 − s2', 'External scores 1 and 2: difference', 'Scores externes 1 et 2 : différence', '?'],
  ['ext_13_diff', 's1 − s3', 'External scores 1 and 3: difference', 'Scores externes 1 et 3 : différence', '?'],
  ['ext_12_ratio', 's1 / s2', 'External score 1 to score 2', 'Score externe 1 rapporté au 2', '?'],
  ['ext_23_ratio', 's2 / s3', 'External score 2 to score 3', 'Score externe 2 rapporté au 3', '?'],
  ['ext_median', 'median of the scores known', 'External scores: median', 'Scores externes : médiane', '-'],
  ['ext_range', 'largest − smallest score known', 'External scores: range', 'Scores externes : étendue', '?'],
  ['ext_2_term', 's2 · AMT_CREDIT / AMT_ANNUITY', 'External score 2 times the term', 'Score externe 2 fois la durée', '?'],
  ['ext_3_term', 's3 · AMT_CREDIT / AMT_ANNUITY', 'External score 3 times the term', 'Score externe 3 fois la durée', '?'],
];

const loan: readonly Row[] = [
  ['loan_payment_rate', 'AMT_ANNUITY / AMT_CREDIT', 'Instalment to the loan', 'Mensualité rapportée au prêt', '?'],
  ['goods_to_income', 'AMT_GOODS_PRICE / income', 'Price of the goods to income', 'Prix du bien rapporté au revenu', '?'],
  ['goods_to_annuity', 'AMT_GOODS_PRICE / AMT_ANNUITY', 'Price of the goods in instalments', 'Prix du bien en mensualités', '?'],
  ['credit_per_person', 'AMT_CREDIT / CNT_FAM_MEMBERS', 'Loan for each person at home', 'Prêt par personne du foyer', '?'],
  ['income_after_annuity', 'income − 12 · AMT_ANNUITY', 'Income left after instalments', 'Revenu restant après mensualités', '-'],
  ['credit_to_employed', 'AMT_CREDIT / DAYS_EMPLOYED', 'Loan to time in the job', 'Prêt rapporté à l’ancienneté', '?'],
  ['annuity_to_employed', 'AMT_ANNUITY / DAYS_EMPLOYED', 'Instalment to time in the job', 'Mensualité rapportée à l’ancienneté', '?'],
];

const household: readonly Row[] = [
  ['income_per_child', 'income / (1 + CNT_CHILDREN)', 'Income for each child and one', 'Revenu par enfant plus un', '-'],
  ['family_members', 'CNT_FAM_MEMBERS', 'Persons at home', 'Personnes au foyer', '?'],
  ['children_share', 'CNT_CHILDREN / CNT_FAM_MEMBERS', 'Share of children at home', 'Part des enfants au foyer', '+'],
  ['family_civil_marriage', 'NAME_FAMILY_STATUS is Civil marriage', 'Civil marriage', 'Union civile', '+'],
  ['family_widow', 'NAME_FAMILY_STATUS is Widow', 'Widowed', 'Veuvage', '-'],
  ['housing_own', 'NAME_HOUSING_TYPE is House / apartment', 'House or flat', 'Maison ou appartement', '-'],
  ['unaccompanied', 'NAME_TYPE_SUITE is Unaccompanied', 'Came alone', 'Venu seul', '?'],
];

const work: readonly Row[] = [
  [
    'employed_to_registration',
    'DAYS_EMPLOYED / DAYS_REGISTRATION',
    'Time in the job to registration',
    'Ancienneté rapportée au dernier changement d’adresse',
    '?',
  ],
  [
    'car_age_to_employed',
    'OWN_CAR_AGE · 365.25 / −DAYS_EMPLOYED',
    'Age of the car to time in the job',
    'Âge de la voiture rapporté à l’ancienneté',
    '+',
  ],
  ['employed_long', 'DAYS_EMPLOYED < −2000', 'In the job over 2,000 days', 'En poste depuis plus de 2 000 jours', '-'],
  ['employed_short', 'DAYS_EMPLOYED > −365', 'In the job under a year', 'En poste depuis moins d’un an', '+'],
  ['income_commercial', 'NAME_INCOME_TYPE is Commercial associate', 'Commercial associate', 'Associé commercial', '?'],
  [
    'occupation_high_skill',
    'OCCUPATION_TYPE is High skill tech staff',
    'Occupation: skilled technician',
    'Profession : technicien qualifié',
    '-',
  ],
  ['occupation_medicine', 'OCCUPATION_TYPE is Medicine staff', 'Occupation: medicine', 'Profession : santé', '-'],
  ['occupation_security', 'OCCUPATION_TYPE is Security staff', 'Occupation: security', 'Profession : sécurité', '+'],
  ['employer_construction', 'ORGANIZATION_TYPE is Construction', 'Employer: construction', 'Employeur : construction', '+'],
  ['employer_trade', 'ORGANIZATION_TYPE begins with Trade', 'Employer: trade', 'Employeur : commerce', '?'],
  ['employer_industry', 'ORGANIZATION_TYPE begins with Industry', 'Employer: industry', 'Employeur : industrie', '?'],
  ['employer_transport', 'ORGANIZATION_TYPE begins with Transport', 'Employer: transport', 'Employeur : transport', '+'],
  [
    'employer_school_health',
    'school, kindergarten, university, medicine',
    'Employer: schools and health',
    'Employeur : enseignement et santé',
    '-',
  ],
];

const papers: readonly Row[] = [
  [
    'phone_change_to_employed',
    'DAYS_LAST_PHONE_CHANGE / DAYS_EMPLOYED',
    'Change of phone to time in the job',
    'Changement de téléphone rapporté à l’ancienneté',
    '?',
  ],
  [
    'registration_minus_id_publish',
    'DAYS_REGISTRATION − DAYS_ID_PUBLISH',
    'Registration to identity paper, days',
    'Entre adresse et pièce d’identité, jours',
    '?',
  ],
  ['phone_employer', 'FLAG_EMP_PHONE', 'Employer’s phone given', 'Téléphone de l’employeur fourni', '?'],
  ['phone_work', 'FLAG_WORK_PHONE', 'Phone at work given', 'Téléphone au travail fourni', '?'],
  ['phone_home', 'FLAG_PHONE', 'Phone at home given', 'Téléphone fixe fourni', '?'],
  ['email_given', 'FLAG_EMAIL', 'E-mail address given', 'Adresse électronique fournie', '?'],
  ['contact_count', 'FLAG_EMP_PHONE + WORK_PHONE + CONT_MOBILE + PHONE + EMAIL', 'Ways to reach the applicant', 'Moyens de contact', '?'],
  ['document_6', 'FLAG_DOCUMENT_6', 'Document 6 handed in', 'Document 6 fourni', '?'],
  ['document_8', 'FLAG_DOCUMENT_8', 'Document 8 handed in', 'Document 8 fourni', '?'],
];

const form: readonly Row[] = [
  ['apply_hour_cos', 'cos(2π hour / 24)', 'Hour of the application, cosine', 'Heure de la demande, cosinus', '?'],
  ['apply_hour_sin', 'sin(2π hour / 24)', 'Hour of the application, sine', 'Heure de la demande, sinus', '?'],
  ['apply_weekend', 'WEEKDAY_APPR_PROCESS_START is Saturday or Sunday', 'Applied on a weekend', 'Demande faite un week-end', '?'],
];

const place: readonly Row[] = [
  ['region_rating', 'REGION_RATING_CLIENT, 1 best to 3', 'Rating of the region', 'Note de la région', '+'],
  [
    'city_registered_not_worked',
    'REG_CITY_NOT_WORK_CITY',
    'Works in another city than registered',
    'Travaille dans une autre ville que déclaré',
    '+',
  ],
  [
    'city_lived_not_worked',
    'LIVE_CITY_NOT_WORK_CITY',
    'Works in another city than lives',
    'Travaille dans une autre ville que le domicile',
    '+',
  ],
  [
    'region_registered_not_worked',
    'REG_REGION_NOT_WORK_REGION',
    'Works in another region than registered',
    'Travaille dans une autre région que déclaré',
    '+',
  ],
  ['building_apartments', 'APARTMENTS_AVG, scaled to 1', 'Flats of the building, scaled', 'Appartements de l’immeuble, normalisés', '-'],
  ['building_years_built', 'YEARS_BUILD_AVG, scaled to 1', 'Year of the building, scaled', 'Année de l’immeuble, normalisée', '-'],
  ['building_elevators', 'ELEVATORS_AVG, scaled to 1', 'Lifts of the building, scaled', 'Ascenseurs de l’immeuble, normalisés', '-'],
  ['building_entrances', 'ENTRANCES_AVG, scaled to 1', 'Entrances of the building, scaled', 'Entrées de l’immeuble, normalisées', '-'],
  [
    'building_floors_min',
    'FLOORSMIN_AVG, scaled to 1',
    'Least floors of the building, scaled',
    'Étages minimum de l’immeuble, normalisés',
    '-',
  ],
  [
    'building_living_area',
    'LIVINGAREA_AVG, scaled to 1',
    'Living area of the building, scaled',
    'Surface habitable de l’immeuble, normalisée',
    '-',
  ],
  ['building_known', 'TOTALAREA_MODE is not null', 'Building described', 'Immeuble décrit', '-'],
  ['building_flats', 'HOUSETYPE_MODE is block of flats', 'Block of flats', 'Immeuble collectif', '-'],
  ['building_panel', 'WALLSMATERIAL_MODE is Panel', 'Walls of panels', 'Murs en panneaux', '-'],
  ['building_emergency', 'EMERGENCYSTATE_MODE is Yes', 'Building in a state of emergency', 'Immeuble en péril', '+'],
];

const circle: readonly Row[] = [
  ['circle_observed_30', 'OBS_30_CNT_SOCIAL_CIRCLE', 'Acquaintances observed', 'Proches observés', '?'],
  ['circle_defaults_60', 'DEF_60_CNT_SOCIAL_CIRCLE', 'Acquaintances in default for 60 days', 'Proches en défaut de 60 jours', '+'],
  [
    'circle_default_share_60',
    'DEF_60_ / OBS_60_CNT_SOCIAL_CIRCLE',
    'Share of acquaintances in default, 60 days',
    'Part des proches en défaut, 60 jours',
    '+',
  ],
];

const age: readonly Row[] = [
  ['income_to_age', 'income / DAYS_BIRTH', 'Income to age', 'Revenu rapporté à l’âge', '?'],
  ['car_age_to_age', 'OWN_CAR_AGE · 365.25 / −DAYS_BIRTH', 'Age of the car to age', 'Âge de la voiture rapporté à l’âge', '+'],
  ['age_when_employed', 'DAYS_EMPLOYED − DAYS_BIRTH', 'Age at the start of the job, in days', 'Âge au début de l’emploi, en jours', '?'],
  ['ext_1_to_age', 's1 / DAYS_BIRTH', 'External score 1 to age', 'Score externe 1 rapporté à l’âge', '?'],
];

const table = 'application_train';

/** Columns of sql/families/application_detail.sql. */
export const applicationDetail = [
  ...rows({ table, concept: 'external scores' }, scores),
  ...rows({ table, concept: 'loan asked for', changeable: true }, loan),
  ...rows({ table, concept: 'household' }, household),
  ...rows({ table, concept: 'work and education' }, work),
  ...rows({ table, concept: 'papers and phone' }, papers),
  ...rows({ table, concept: 'application form' }, form),
  ...rows({ table, concept: 'place' }, place),
  ...rows({ table, concept: 'social circle' }, circle),
  ...rows({ table, concept: 'credit enquiries' }, [
    [
      'enquiries_all',
      'sum of AMT_REQ_CREDIT_BUREAU_HOUR to YEAR',
      'Credit enquiries, last year',
      'Consultations du fichier, dernière année',
      '+',
    ],
  ]),
  ...rows({ table, concept: 'sex and age', prohibited: true }, age),
];
