import { families, type Family } from './family.ts';
import { type Row, rows } from './row.ts';

const counts: readonly Row[] = [
  ['bureau_count', 'rows', 'Credits elsewhere', 'Crédits ailleurs', '?'],
  [
    'bureau_active_count',
    'rows with CREDIT_ACTIVE = Active; null where none',
    'Credits elsewhere still active',
    'Crédits en cours ailleurs',
    '+',
  ],
  [
    'bureau_active_share',
    'share of rows with CREDIT_ACTIVE = Active',
    'Share of credits elsewhere still active',
    'Part des crédits ailleurs en cours',
    '+',
  ],
  ['bureau_type_count', 'distinct CREDIT_TYPE', 'Kinds of credit elsewhere', 'Types de crédit ailleurs', '?'],
  ['bureau_microloan_count', 'rows with CREDIT_TYPE = Microloan', 'Microloans elsewhere', 'Microcrédits ailleurs', '+'],
  [
    'bureau_last180_count',
    'rows opened in the last 180 days',
    'Credits opened elsewhere, last 180 days',
    'Crédits ouverts ailleurs, 180 derniers jours',
    '+',
  ],
  [
    'bureau_last365_count',
    'rows opened in the last 365 days; null where none',
    'Credits opened elsewhere, last 365 days',
    'Crédits ouverts ailleurs, 365 derniers jours',
    '+',
  ],
];

const dates: readonly Family[] = [
  {
    of: 'DAYS_CREDIT (negative)',
    en: 'Opening of credits elsewhere, in days',
    fr: 'Ouverture des crédits ailleurs, en jours',
    sign: '+',
    features: {
      bureau_opened_min: 'min',
      bureau_opened_max: 'max',
      bureau_opened_mean: 'mean',
      bureau_active_opened_max: 'max active',
      bureau_active_opened_mean: 'mean active',
      bureau_closed_opened_max: 'max closed',
      bureau_latest3_opened_mean: 'mean latest3',
    },
  },
  {
    of: 'DAYS_CREDIT',
    en: 'Opening of credits elsewhere, spread',
    fr: 'Ouverture des crédits ailleurs, dispersion',
    sign: '?',
    features: { bureau_closed_opened_var: 'variance closed' },
  },
  {
    of: 'days between openings',
    en: 'Days between credits elsewhere',
    fr: 'Jours entre deux crédits ailleurs',
    sign: '-',
    features: { bureau_opened_gap_mean: 'mean' },
  },
  {
    of: 'DAYS_CREDIT_ENDDATE',
    en: 'End of credits elsewhere, in days',
    fr: 'Échéance des crédits ailleurs, en jours',
    sign: '?',
    features: { bureau_active_due_max: 'max active' },
  },
  {
    of: 'DAYS_CREDIT_ENDDATE − DAYS_ENDDATE_FACT',
    en: 'Days repaid before the end',
    fr: 'Jours de remboursement anticipé',
    sign: '?',
    features: { bureau_closed_early_mean: 'mean closed' },
  },
  {
    of: 'DAYS_CREDIT_ENDDATE − DAYS_CREDIT',
    en: 'Length of credits elsewhere, in days',
    fr: 'Durée des crédits ailleurs, en jours',
    sign: '?',
    features: { bureau_term_mean: 'mean' },
  },
];

const amounts: readonly Family[] = [
  {
    of: 'AMT_CREDIT_SUM',
    en: 'Amount of credits elsewhere',
    fr: 'Montant des crédits ailleurs',
    sign: '?',
    features: {
      bureau_credit_max: 'max',
      bureau_credit_mean: 'mean',
      bureau_credit_sum: 'sum',
      bureau_active_credit_sum: 'sum active',
      bureau_active_credit_max: 'max active',
      bureau_last365_credit_sum: 'sum days365',
    },
  },
  {
    of: 'AMT_CREDIT_SUM_DEBT',
    en: 'Debt elsewhere',
    fr: 'Dette ailleurs',
    sign: '+',
    features: { bureau_debt_max: 'max', bureau_debt_sum: 'sum' },
  },
  {
    of: 'Σ AMT_CREDIT_SUM_DEBT / Σ AMT_CREDIT_SUM',
    en: 'Debt to credit elsewhere',
    fr: 'Dette rapportée au crédit ailleurs',
    sign: '+',
    features: {
      bureau_debt_to_credit: 'value',
      bureau_active_debt_to_credit: 'value active',
      bureau_card_debt_to_credit: 'value cards',
      bureau_last365_debt_to_credit: 'value days365',
    },
  },
  {
    of: 'AMT_CREDIT_SUM_DEBT / AMT_CREDIT_SUM',
    en: 'Share still owed of a credit elsewhere',
    fr: 'Part restant due d’un crédit ailleurs',
    sign: '+',
    features: { bureau_debt_share_max: 'max', bureau_active_debt_share_mean: 'mean active', bureau_latest_debt_share: 'value latest' },
  },
  {
    of: 'AMT_ANNUITY',
    en: 'Instalments elsewhere',
    fr: 'Mensualités ailleurs',
    sign: '+',
    features: { bureau_active_annuity_sum: 'sum active' },
  },
];

const overdue: readonly Family[] = [
  {
    of: 'CREDIT_DAY_OVERDUE',
    en: 'Days overdue elsewhere today',
    fr: 'Jours de retard ailleurs à ce jour',
    sign: '+',
    features: { bureau_days_overdue_max: 'max' },
  },
  {
    of: 'AMT_CREDIT_SUM_OVERDUE',
    en: 'Amount overdue elsewhere today',
    fr: 'Montant en retard ailleurs à ce jour',
    sign: '+',
    features: { bureau_overdue_sum: 'sum' },
  },
  {
    of: 'AMT_CREDIT_MAX_OVERDUE',
    en: 'Largest amount ever overdue on a credit elsewhere',
    fr: 'Plus grand retard sur un crédit ailleurs',
    sign: '+',
    features: { bureau_max_overdue_max: 'max', bureau_last730_max_overdue_max: 'max days730' },
  },
];

export const bureau = [
  ...rows({ table: 'bureau', concept: 'credits elsewhere' }, counts),
  ...families({ table: 'bureau', concept: 'credits elsewhere' }, dates),
  ...families({ table: 'bureau', concept: 'debt elsewhere' }, amounts),
  ...families({ table: 'bureau', concept: 'late payments elsewhere' }, overdue),
];
