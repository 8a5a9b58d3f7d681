import type { CatalogueEntry } from '../../features/catalogue.ts';

export const neighboursCatalogue: readonly CatalogueEntry[] = [
  {
    name: 'neighbours_default_rate',
    table: 'application_train',
    formula:
      'mean TARGET of the development clients nearest in EXT_SOURCE_1, 2, 3 and AMT_CREDIT / AMT_ANNUITY, standardised, a missing value at the mean and one step away; those of the own fold left out',
    concept: 'external scores',
    en: 'Share of defaults among the most similar clients',
    fr: 'Part de défauts chez les clients les plus proches',
    direction: 'raises',
    prohibited: false,
    changeable: true,
    fitted: true,
  },
];

const STATISTICS = {
  mean: ['mean', 'mean', 'moyenne'],
  max: ['largest', 'largest', 'maximum'],
  min: ['smallest', 'smallest', 'minimum'],
  sum: ['sum', 'total', 'total'],
  var: ['sample variance', 'variance', 'variance'],
  latest: ['value of the most recent row', 'the most recent', 'le plus récent'],
  last730_sum: ['sum over the last 730 days', 'total, last 730 days', 'total, 730 derniers jours'],
} as const;

interface Scored {
  readonly name: 'previous' | 'bureau';
  readonly table: string;
  readonly concept: string;
  readonly en: string;
  readonly fr: string;
}

/** In the order of sql/score_statistics.sql. */
function scores({ name, table, concept, en, fr }: Scored): readonly CatalogueEntry[] {
  return Object.entries(STATISTICS).map(([suffix, [formula, english, french]]) => ({
    name: `${name}_score_${suffix}`,
    table,
    formula: `${formula} of the probability of default that a model of the rows of ${table}, trained on clients of other folds, gives each row`,
    concept,
    en: `${en}: ${english}`,
    fr: `${fr} : ${french}`,
    direction: suffix === 'var' ? 'unknown' : 'raises',
    prohibited: false,
    changeable: false,
    fitted: true,
  }));
}

export const previousScoresCatalogue = scores({
  name: 'previous',
  table: 'previous_application',
  concept: 'earlier applications',
  en: 'Risk that each earlier application speaks of',
  fr: 'Risque que traduit chaque demande antérieure',
});

export const bureauScoresCatalogue = scores({
  name: 'bureau',
  table: 'bureau',
  concept: 'credits elsewhere',
  en: 'Risk that each credit elsewhere speaks of',
  fr: 'Risque que traduit chaque crédit ailleurs',
});

const loan = { table: 'previous_application', concept: 'loan asked for', prohibited: false, changeable: true, fitted: true } as const;
const payments = 'n instalments, as a model of approved earlier loans has it from amount, instalment and their ratio';

/** In the order of sql/term_columns.sql. */
export const predictedTermCatalogue: readonly CatalogueEntry[] = [
  {
    ...loan,
    name: 'predicted_payments',
    formula: payments,
    en: 'Number of instalments of loans like this one',
    fr: 'Nombre d’échéances de prêts semblables',
    direction: 'raises',
  },
  {
    ...loan,
    name: 'predicted_interest_share',
    formula: `(n · AMT_ANNUITY − AMT_CREDIT) / AMT_CREDIT; ${payments}`,
    en: 'Interest to the loan, by the term of loans like it',
    fr: 'Intérêts rapportés au prêt, selon la durée de prêts semblables',
    direction: 'raises',
  },
  {
    ...loan,
    name: 'predicted_rate',
    formula: `24 (n · AMT_ANNUITY − AMT_CREDIT) / (AMT_CREDIT (n + 1)); ${payments}`,
    en: 'Yearly rate of the loan, by the term of loans like it',
    fr: 'Taux annuel du prêt, selon la durée de prêts semblables',
    direction: 'raises',
  },
];
