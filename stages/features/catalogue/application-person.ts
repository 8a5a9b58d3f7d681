import { type Row, rows } from './row.ts';

const work: readonly Row[] = [
  [
    'days_employed',
    'DAYS_EMPLOYED (negative), 365243 as null',
    'Start of the current job, in days',
    'Début de l’emploi actuel, en jours',
    '+',
  ],
  ['employed_sentinel', '1 where DAYS_EMPLOYED = 365243', 'No current job recorded', 'Aucun emploi actuel déclaré', '-'],
  ['income_to_employed', 'income / DAYS_EMPLOYED', 'Income to time in the job', 'Revenu rapporté à l’ancienneté', '?'],
  ['income_working', 'NAME_INCOME_TYPE is Working', 'Income from wages', 'Revenu salarié', '+'],
  ['income_pensioner', 'NAME_INCOME_TYPE is Pensioner', 'Income from a pension', 'Revenu de pension', '-'],
  ['income_state', 'NAME_INCOME_TYPE is State servant', 'State servant', 'Agent de l’État', '-'],
  ['occupation_known', 'OCCUPATION_TYPE is given', 'Occupation given', 'Profession déclarée', '?'],
  ['occupation_laborers', 'OCCUPATION_TYPE is Laborers', 'Occupation: labourer', 'Profession : ouvrier', '+'],
  [
    'occupation_low_skill',
    'low-skill labour, waiting, cleaning, cooking',
    'Occupation: catering, cleaning, low skill',
    'Profession : peu qualifiée',
    '+',
  ],
  ['occupation_drivers', 'OCCUPATION_TYPE is Drivers', 'Occupation: driver', 'Profession : chauffeur', '+'],
  ['occupation_sales', 'OCCUPATION_TYPE is Sales staff', 'Occupation: sales', 'Profession : vente', '+'],
  ['occupation_core', 'OCCUPATION_TYPE is Core staff', 'Occupation: core staff', 'Profession : personnel permanent', '-'],
  ['occupation_managers', 'OCCUPATION_TYPE is Managers', 'Occupation: manager', 'Profession : cadre', '-'],
  ['employer_self', 'ORGANIZATION_TYPE is Self-employed', 'Self-employed', 'Travailleur indépendant', '+'],
  [
    'employer_business_3',
    'ORGANIZATION_TYPE is Business Entity Type 3',
    'Employer: business of type 3',
    'Employeur : entreprise de type 3',
    '+',
  ],
  ['employer_state', 'government, military, police, postal, emergency', 'Employer: the state', 'Employeur : l’État', '-'],
  ['education_level', '0 lower secondary to 4 academic degree', 'Level of education', 'Niveau d’études', '-'],
];

const household: readonly Row[] = [
  ['children', 'CNT_CHILDREN', 'Children', 'Enfants', '+'],
  ['couple', 'NAME_FAMILY_STATUS is married or civil marriage', 'Lives as a couple', 'Vit en couple', '-'],
  ['family_single', 'NAME_FAMILY_STATUS is single', 'Single', 'Célibataire', '+'],
  ['owns_car', 'FLAG_OWN_CAR is Y', 'Owns a car', 'Possède une voiture', '-'],
  ['car_age', 'OWN_CAR_AGE, years', 'Age of the car', 'Âge de la voiture', '+'],
  ['owns_realty', 'FLAG_OWN_REALTY is Y', 'Owns a home', 'Possède un logement', '-'],
  ['housing_parents', 'NAME_HOUSING_TYPE is With parents', 'Lives with parents', 'Vit chez ses parents', '+'],
  ['housing_rented', 'NAME_HOUSING_TYPE is Rented apartment', 'Rents a home', 'Loue son logement', '+'],
];

const papers: readonly Row[] = [
  [
    'days_registration',
    'DAYS_REGISTRATION (negative)',
    'Last change of registration, in days',
    'Dernier changement d’adresse, en jours',
    '+',
  ],
  [
    'days_id_publish',
    'DAYS_ID_PUBLISH (negative)',
    'Last change of identity paper, in days',
    'Dernier renouvellement de pièce d’identité, en jours',
    '+',
  ],
  [
    'days_phone_change',
    'DAYS_LAST_PHONE_CHANGE (negative), 0 as null',
    'Last change of phone, in days',
    'Dernier changement de téléphone, en jours',
    '+',
  ],
  [
    'id_publish_to_employed',
    'DAYS_ID_PUBLISH / DAYS_EMPLOYED',
    'Age of identity paper to time in the job',
    'Pièce d’identité rapportée à l’ancienneté',
    '?',
  ],
];

const sexAndAge: readonly Row[] = [
  ['sex_male', 'CODE_GENDER is M', 'Sex: male', 'Sexe : homme', '+'],
  ['days_birth', 'DAYS_BIRTH (negative)', 'Birth, in days', 'Naissance, en jours', '+'],
  ['employed_to_age', 'DAYS_EMPLOYED / DAYS_BIRTH', 'Time in the job to age', 'Ancienneté rapportée à l’âge', '-'],
  ['id_publish_to_age', 'DAYS_ID_PUBLISH / DAYS_BIRTH', 'Age of identity paper to age', 'Pièce d’identité rapportée à l’âge', '-'],
  ['registration_to_age', 'DAYS_REGISTRATION / DAYS_BIRTH', 'Time since registration to age', 'Changement d’adresse rapporté à l’âge', '-'],
  [
    'phone_change_to_age',
    'DAYS_LAST_PHONE_CHANGE / DAYS_BIRTH',
    'Time since change of phone to age',
    'Changement de téléphone rapporté à l’âge',
    '-',
  ],
  ['age_at_payoff', 'age in years + AMT_CREDIT / AMT_ANNUITY / 12', 'Age when the loan ends', 'Âge à la fin du prêt', '-'],
];

/** Who applies. */
export const applicationPerson = [
  ...rows({ table: 'application_train', concept: 'work and education' }, work),
  ...rows({ table: 'application_train', concept: 'household' }, household),
  ...rows({ table: 'application_train', concept: 'papers and phone' }, papers),
  ...rows({ table: 'application_train', concept: 'sex and age', prohibited: true }, sexAndAge),
];
