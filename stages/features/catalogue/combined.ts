import { type Row, rows } from './row.ts';

const debts: readonly Row[] = [
  ['debt_to_income', 'debt elsewhere / income', 'Debt elsewhere to income', 'Dette ailleurs rapportée au revenu', '+'],
  ['debt_to_loan', 'debt elsewhere / AMT_CREDIT', 'Debt elsewhere to the loan', 'Dette ailleurs rapportée au prêt', '+'],
  [
    'active_credit_to_income',
    'active credits elsewhere / income',
    'Active credits elsewhere to income',
    'Crédits en cours rapportés au revenu',
    '?',
  ],
  [
    'bureau_credit_mean_to_income',
    'mean credit elsewhere / income',
    'Mean credit elsewhere to income',
    'Crédit moyen ailleurs rapporté au revenu',
    '?',
  ],
  [
    'all_annuities_to_income',
    '(this instalment + those elsewhere and here) / income',
    'All instalments to income',
    'Toutes les mensualités rapportées au revenu',
    '+',
  ],
  [
    'all_debt_to_income',
    '(this loan + debt elsewhere + card balance) / income',
    'All debt to income',
    'Toute la dette rapportée au revenu',
    '+',
  ],
  [
    'bureau_opened_mean_to_employed',
    'mean DAYS_CREDIT / DAYS_EMPLOYED',
    'Age of credits elsewhere to time in the job',
    'Crédits ailleurs rapportés à l’ancienneté',
    '?',
  ],
];

const earlier: readonly Row[] = [
  [
    'approved_credit_mean_to_loan',
    'mean approved AMT_CREDIT / AMT_CREDIT',
    'Mean earlier loan to this one',
    'Prêt antérieur moyen rapporté à celui-ci',
    '?',
  ],
  [
    'approved_credit_max_to_loan',
    'largest approved AMT_CREDIT / AMT_CREDIT',
    'Largest earlier loan to this one',
    'Plus grand prêt antérieur rapporté à celui-ci',
    '?',
  ],
  [
    'refused_credit_max_to_loan',
    'largest refused AMT_CREDIT / AMT_CREDIT',
    'Largest refused loan to this one',
    'Plus grand prêt refusé rapporté à celui-ci',
    '+',
  ],
  [
    'approved_annuity_mean_to_annuity',
    'mean approved AMT_ANNUITY / AMT_ANNUITY',
    'Mean earlier instalment to this one',
    'Mensualité antérieure moyenne rapportée à celle-ci',
    '?',
  ],
  [
    'approved_annuity_max_to_annuity',
    'largest approved AMT_ANNUITY / AMT_ANNUITY',
    'Largest earlier instalment to this one',
    'Plus grande mensualité antérieure rapportée à celle-ci',
    '?',
  ],
  [
    'approved_term_to_term',
    'mean approved credit/annuity / this credit/annuity',
    'Length of earlier loans to this one',
    'Durée des prêts antérieurs rapportée à celle-ci',
    '?',
  ],
];

const payments: readonly Row[] = [
  [
    'owed_mean_to_annuity',
    'mean AMT_INSTALMENT / AMT_ANNUITY',
    'Mean instalment paid to this one',
    'Échéance moyenne passée rapportée à celle-ci',
    '?',
  ],
  [
    'owed_max_to_annuity',
    'largest AMT_INSTALMENT / AMT_ANNUITY',
    'Largest instalment paid to this one',
    'Plus grande échéance passée rapportée à celle-ci',
    '?',
  ],
];

/** What is asked for now against what was before. Not marked changeable: the history in each is not. */
export const combined = [
  ...rows({ table: 'bureau', concept: 'debt elsewhere' }, debts),
  ...rows({ table: 'previous_application', concept: 'earlier loans' }, earlier),
  ...rows({ table: 'installments_payments', concept: 'payments here' }, payments),
  ...rows({ table: 'credit_card_balance', concept: 'use of cards' }, [
    ['card_balance_to_income', 'latest card balance / income', 'Card balance to income', 'Solde de carte rapporté au revenu', '+'],
  ]),
  ...rows({ table: 'application_train', concept: 'length of history' }, [
    [
      'history_missing',
      'of bureau, previous, POS, instalments, cards: tables without a row',
      'Histories missing, of five',
      'Historiques absents, sur cinq',
      '?',
    ],
  ]),
];
