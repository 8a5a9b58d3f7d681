import { families, type Family } from './family.ts';
import { type Row, rows } from './row.ts';

const single: readonly Row[] = [
  ['inst_count', 'instalments', 'Instalments due so far', 'Échéances à ce jour', '-'],
  ['inst_paid_on_max', 'largest DAYS_ENTRY_PAYMENT (negative)', 'Latest payment, in days', 'Dernier paiement, en jours', '?'],
  [
    'inst_late7_share',
    'share of paid instalments more than 7 days late',
    'Share paid over a week late',
    'Part payée avec plus d’une semaine de retard',
    '+',
  ],
  ['inst_unpaid_share', 'share of instalments with no payment', 'Share of instalments not paid', 'Part des échéances non payées', '+'],
  ['inst_short_share', 'share of instalments paid short', 'Share of instalments paid short', 'Part des échéances payées en partie', '+'],
  ['inst_paid_to_owed', 'Σ AMT_PAYMENT / Σ AMT_INSTALMENT', 'Paid to owed', 'Payé rapporté au dû', '-'],
  [
    'inst_last365_margin_min',
    'min of DAYS_INSTALMENT − DAYS_ENTRY_PAYMENT, last 365 days',
    'Days paid before due: smallest, last 365 days',
    'Jours d’avance : minimum, 365 derniers jours',
    '-',
  ],
];

const lateness: readonly Family[] = [
  {
    of: 'days paid after the due date, 0 if not',
    en: 'Days late',
    fr: 'Jours de retard',
    sign: '+',
    features: { inst_late_max: 'max', inst_late_mean: 'mean', inst_late_var: 'variance', inst_last365_late_max: 'max days365' },
  },
  {
    of: 'days paid before the due date, 0 if not',
    en: 'Days early',
    fr: 'Jours d’avance',
    sign: '-',
    features: { inst_early_mean: 'mean', inst_last365_early_mean: 'mean days365', inst_latest_early_mean: 'mean latest' },
  },
  {
    of: 'paid instalments that are late',
    en: 'Instalments late',
    fr: 'Échéances en retard',
    sign: '+',
    features: {
      inst_late_share: 'share',
      inst_last365_late_share: 'share days365',
      inst_last730_late_share: 'share days730',
      inst_latest_late_share: 'share latest',
    },
  },
];

const amounts: readonly Family[] = [
  {
    of: 'AMT_INSTALMENT − Σ AMT_PAYMENT of an instalment',
    en: 'Amount paid short',
    fr: 'Montant manquant',
    sign: '+',
    features: { inst_short_max: 'max', inst_short_mean: 'mean' },
  },
  {
    of: 'Σ AMT_PAYMENT / AMT_INSTALMENT of an instalment',
    en: 'Share paid of an instalment',
    fr: 'Part payée d’une échéance',
    sign: '-',
    features: { inst_paid_share_mean: 'mean' },
  },
  {
    of: 'AMT_INSTALMENT',
    en: 'Instalment owed',
    fr: 'Échéance due',
    sign: '?',
    features: { inst_owed_max: 'max', inst_owed_mean: 'mean' },
  },
];

export const installments = [
  ...rows({ table: 'installments_payments', concept: 'payments here' }, single),
  ...families({ table: 'installments_payments', concept: 'late payments here' }, lateness),
  ...families({ table: 'installments_payments', concept: 'payments here' }, amounts),
];
