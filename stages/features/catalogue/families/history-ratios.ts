import { type Row, rows } from '../row.ts';

const elsewhere: readonly Row[] = [
  [
    'debt_to_active_credit',
    'debt elsewhere / active credits elsewhere',
    'Debt to active credits elsewhere',
    'Dette rapportée aux crédits en cours ailleurs',
    '+',
  ],
  [
    'active_credit_max_to_loan',
    'largest active credit elsewhere / AMT_CREDIT',
    'Largest active credit to the loan',
    'Plus grand crédit en cours rapporté au prêt',
    '?',
  ],
  [
    'bureau_credit_max_to_loan',
    'largest credit elsewhere / AMT_CREDIT',
    'Largest credit elsewhere to the loan',
    'Plus grand crédit ailleurs rapporté au prêt',
    '?',
  ],
  [
    'bureau_credit_sum_to_income',
    'Σ credits elsewhere / income',
    'Credits elsewhere to income',
    'Crédits ailleurs rapportés au revenu',
    '?',
  ],
  [
    'max_overdue_to_annuity',
    'largest overdue elsewhere / AMT_ANNUITY',
    'Largest overdue elsewhere to the instalment',
    'Plus grand retard ailleurs rapporté à la mensualité',
    '+',
  ],
  [
    'bureau_annuity_to_income',
    'active instalments elsewhere / income',
    'Instalments elsewhere to income',
    'Mensualités ailleurs rapportées au revenu',
    '+',
  ],
  [
    'bureau_opened_max_to_employed',
    'latest DAYS_CREDIT / DAYS_EMPLOYED',
    'Latest credit elsewhere to time in the job',
    'Dernier crédit ailleurs rapporté à l’ancienneté',
    '?',
  ],
  [
    'active_to_all_history',
    'active credits elsewhere / (credits elsewhere + applications)',
    'Active credits to all history',
    'Crédits en cours rapportés à tout l’historique',
    '+',
  ],
  [
    'enquiries_to_opened',
    'enquiries of the year / credits opened in 365 days',
    'Enquiries to credits opened',
    'Consultations rapportées aux crédits ouverts',
    '+',
  ],
  [
    'ext_mean_free_debt',
    'mean score · (1 − active debt / active credit)',
    'External scores times what is repaid elsewhere',
    'Scores externes fois la part remboursée ailleurs',
    '-',
  ],
];

const earlier: readonly Row[] = [
  [
    'previous_annuity_mean_to_annuity',
    'mean earlier AMT_ANNUITY / AMT_ANNUITY',
    'Mean earlier instalment to this one, all applications',
    'Mensualité moyenne des demandes rapportée à celle-ci',
    '?',
  ],
  [
    'previous_credit_mean_to_loan',
    'mean earlier AMT_CREDIT / AMT_CREDIT',
    'Mean earlier loan to this one, all applications',
    'Prêt moyen des demandes rapporté à celui-ci',
    '?',
  ],
  [
    'asked_max_to_loan',
    'largest AMT_APPLICATION / AMT_CREDIT',
    'Largest amount asked for to this loan',
    'Plus grand montant demandé rapporté à ce prêt',
    '?',
  ],
  [
    'running_annuity_to_income',
    'instalments of running loans / income',
    'Instalments of running loans to income',
    'Mensualités en cours rapportées au revenu',
    '+',
  ],
  ['running_credit_to_loan', 'running loans / AMT_CREDIT', 'Running loans to this one', 'Prêts en cours rapportés à celui-ci', '+'],
  [
    'previous_payments_mean_to_term',
    'mean CNT_PAYMENT / (AMT_CREDIT / AMT_ANNUITY)',
    'Mean earlier length to this term',
    'Durée antérieure moyenne rapportée à celle-ci',
    '?',
  ],
  [
    'previous_payments_max_to_term',
    'largest CNT_PAYMENT / (AMT_CREDIT / AMT_ANNUITY)',
    'Longest earlier loan to this term',
    'Plus longue durée rapportée à celle-ci',
    '?',
  ],
  [
    'decided_mean_to_employed',
    'mean DAYS_DECISION / DAYS_EMPLOYED',
    'Age of applications to time in the job',
    'Demandes rapportées à l’ancienneté',
    '?',
  ],
  [
    'decided_to_opened',
    'latest DAYS_DECISION / latest DAYS_CREDIT',
    'Latest application to latest credit elsewhere',
    'Dernière demande rapportée au dernier crédit ailleurs',
    '?',
  ],
  [
    'ext_mean_approved',
    'mean score · share approved',
    'External scores times share approved',
    'Scores externes fois la part acceptée',
    '-',
  ],
  [
    'pos_future_to_term',
    'instalments left of running loans / (AMT_CREDIT / AMT_ANNUITY)',
    'Instalments left to this term',
    'Échéances restantes rapportées à cette durée',
    '+',
  ],
];

const cost: readonly Row[] = [
  [
    'loan_rate_as_before',
    '24 (n · AMT_ANNUITY − AMT_CREDIT) / (AMT_CREDIT (n + 1)), n the mean CNT_PAYMENT before',
    'Yearly rate of this loan if as long as earlier ones',
    'Taux annuel de ce prêt à durée égale aux précédents',
    '+',
  ],
  [
    'loan_interest_share_as_longest',
    '(n · AMT_ANNUITY − AMT_CREDIT) / AMT_CREDIT, n the largest CNT_PAYMENT before',
    'Interest of this loan if as long as the longest',
    'Intérêts de ce prêt à durée égale au plus long',
    '+',
  ],
];

const payments: readonly Row[] = [
  [
    'annuity_to_owed_max',
    'AMT_ANNUITY / largest AMT_INSTALMENT',
    'This instalment to the largest paid',
    'Cette mensualité rapportée à la plus grande payée',
    '+',
  ],
  [
    'annuity_minus_owed_mean',
    'AMT_ANNUITY − mean AMT_INSTALMENT',
    'This instalment beyond the mean paid',
    'Cette mensualité au-delà de la moyenne payée',
    '+',
  ],
  [
    'short_mean_to_annuity',
    'mean short of instalments / AMT_ANNUITY',
    'Mean short to this instalment',
    'Manque moyen rapporté à cette mensualité',
    '+',
  ],
  [
    'ext_mean_on_time',
    'mean score · (1 − share of instalments late)',
    'External scores times share on time',
    'Scores externes fois la part à l’heure',
    '-',
  ],
  [
    'late_sources',
    'of bureau months, instalments (> 30 days), POS: those with lateness; null where one has no rows',
    'Sources that tell of lateness',
    'Sources signalant un retard',
    '+',
  ],
];

const cards: readonly Row[] = [
  ['card_limit_to_income', 'largest card limit / income', 'Card limit to income', 'Plafond de carte rapporté au revenu', '?'],
  ['card_balance_to_loan', 'mean card balance / AMT_CREDIT', 'Card balance to this loan', 'Solde de carte rapporté à ce prêt', '+'],
  ['card_drawings_to_income', 'mean card drawings / income', 'Spent by card to income', 'Dépenses de carte rapportées au revenu', '+'],
];

/** Columns of sql/families/history_ratios.sql. Not marked changeable: the history in each is not. */
export const historyRatios = [
  ...rows({ table: 'bureau', concept: 'debt elsewhere' }, elsewhere),
  ...rows({ table: 'previous_application', concept: 'earlier loans' }, earlier),
  ...rows({ table: 'previous_application', concept: 'cost of earlier loans' }, cost),
  ...rows({ table: 'installments_payments', concept: 'payments here' }, payments),
  ...rows({ table: 'credit_card_balance', concept: 'use of cards' }, cards),
];
