import { families, type Family } from './family.ts';
import { type Row, rows } from './row.ts';

const single: readonly Row[] = [
  ['card_months', 'rows', 'Months of card history', 'Mois d’historique de carte', '?'],
  ['card_latest_balance', 'Σ AMT_BALANCE of the latest month', 'Card balance, latest month', 'Solde de carte, dernier mois', '+'],
  ['card_atm_share', 'Σ drawings at ATMs / Σ drawings', 'Share of drawings in cash', 'Part des retraits en espèces', '+'],
  [
    'card_payment_to_minimum',
    'Σ AMT_PAYMENT_TOTAL_CURRENT / Σ AMT_INST_MIN_REGULARITY',
    'Card payments to minimum',
    'Paiements rapportés au minimum',
    '-',
  ],
];

const use: readonly Family[] = [
  {
    of: 'AMT_BALANCE',
    en: 'Card balance',
    fr: 'Solde de carte',
    sign: '+',
    features: { card_balance_max: 'max', card_balance_mean: 'mean' },
  },
  {
    of: 'AMT_CREDIT_LIMIT_ACTUAL',
    en: 'Card limit',
    fr: 'Plafond de carte',
    sign: '?',
    features: { card_limit_max: 'max' },
  },
  {
    of: 'AMT_BALANCE / AMT_CREDIT_LIMIT_ACTUAL',
    en: 'Use of the card limit',
    fr: 'Utilisation du plafond',
    sign: '+',
    features: {
      card_limit_use_max: 'max',
      card_limit_use_mean: 'mean',
      card_latest2_limit_use_max: 'max latest2',
      card_last12_limit_use_mean: 'mean months12',
    },
  },
  {
    of: 'AMT_DRAWINGS_ATM_CURRENT',
    en: 'Cash drawn by card',
    fr: 'Espèces retirées par carte',
    sign: '+',
    features: { card_atm_sum: 'sum' },
  },
  {
    of: 'AMT_DRAWINGS_CURRENT, negative ones left out',
    en: 'Drawings by card in a month',
    fr: 'Dépenses de carte par mois',
    sign: '+',
    features: { card_drawings_mean: 'mean' },
  },
  {
    of: 'CNT_DRAWINGS_ATM_CURRENT',
    en: 'Cash drawings in a month',
    fr: 'Nombre de retraits par mois',
    sign: '+',
    features: { card_atm_count_mean: 'mean' },
  },
  {
    of: 'AMT_PAYMENT_TOTAL_CURRENT',
    en: 'Card payment in a month',
    fr: 'Paiement de carte par mois',
    sign: '?',
    features: { card_payment_mean: 'mean' },
  },
];

const late: readonly Row[] = [
  ['card_dpd_max', 'max of SK_DPD', 'Days late on cards: largest', 'Jours de retard, cartes : maximum', '+'],
  [
    'card_dpd_def_max',
    'max of SK_DPD_DEF',
    'Days late on cards, small debts ignored: largest',
    'Jours de retard, cartes, hors petites dettes : maximum',
    '+',
  ],
  ['card_late_share', 'share of rows with SK_DPD > 0', 'Share of months late on cards', 'Part des mois en retard, cartes', '+'],
  [
    'card_last24_late_def_months',
    'rows with SK_DPD_DEF > 0, last 24 months',
    'Months late on cards, last 24',
    'Mois en retard, cartes, 24 derniers',
    '+',
  ],
];

export const creditCard = [
  ...rows({ table: 'credit_card_balance', concept: 'use of cards' }, single),
  ...families({ table: 'credit_card_balance', concept: 'use of cards' }, use),
  ...rows({ table: 'credit_card_balance', concept: 'late payments here' }, late),
];
