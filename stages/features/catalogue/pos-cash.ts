import { type Row, rows } from './row.ts';

const loans: readonly Row[] = [
  ['pos_months', 'rows', 'Months of earlier loans', 'Mois de prêts antérieurs', '-'],
  ['pos_loans', 'distinct SK_ID_PREV', 'Earlier loans with monthly history', 'Prêts antérieurs suivis chaque mois', '?'],
  ['pos_month_min', 'smallest MONTHS_BALANCE (negative)', 'First month of earlier loans', 'Premier mois des prêts antérieurs', '+'],
  ['pos_completed_share', 'share of rows Completed', 'Share of months completed', 'Part des mois soldés', '-'],
  ['pos_shortened_share', 'share of loans whose CNT_INSTALMENT fell', 'Share of loans shortened', 'Part des prêts raccourcis', '?'],
  [
    'pos_instalments_mean',
    'mean over loans of largest CNT_INSTALMENT',
    'Instalments of earlier loans: mean',
    'Échéances des prêts antérieurs : moyenne',
    '+',
  ],
  [
    'pos_running_future_sum',
    'Σ latest CNT_INSTALMENT_FUTURE of running loans',
    'Instalments still to pay',
    'Échéances restant à payer',
    '+',
  ],
];

const late: readonly Row[] = [
  ['pos_dpd_max', 'max of SK_DPD', 'Days late on earlier loans: largest', 'Jours de retard, prêts antérieurs : maximum', '+'],
  ['pos_dpd_mean', 'mean of SK_DPD', 'Days late on earlier loans: mean', 'Jours de retard, prêts antérieurs : moyenne', '+'],
  ['pos_late_share', 'share of rows with SK_DPD > 0', 'Share of months late', 'Part des mois en retard', '+'],
  [
    'pos_dpd_def_max',
    'max of SK_DPD_DEF',
    'Days late, small debts ignored: largest',
    'Jours de retard, hors petites dettes : maximum',
    '+',
  ],
  [
    'pos_late_def_share',
    'share of rows with SK_DPD_DEF > 0',
    'Share of months late, small debts ignored',
    'Part des mois en retard, hors petites dettes',
    '+',
  ],
  ['pos_late_loan_share', 'share of loans with SK_DPD_DEF > 0', 'Share of loans ever late', 'Part des prêts déjà en retard', '+'],
  [
    'pos_last12_dpd_max',
    'max of SK_DPD, last 12 months',
    'Days late: largest, last 12 months',
    'Jours de retard : maximum, 12 derniers mois',
    '+',
  ],
  [
    'pos_last12_late_share',
    'share of rows with SK_DPD > 0, last 12 months',
    'Share of months late, last 12',
    'Part des mois en retard, 12 derniers',
    '+',
  ],
  [
    'pos_last24_late_def_share',
    'share of rows with SK_DPD_DEF > 0, last 24 months',
    'Share of months late, last 24',
    'Part des mois en retard, 24 derniers',
    '+',
  ],
  [
    'pos_latest3_late_share',
    'share of rows with SK_DPD > 0, 3 latest loans',
    'Share of months late, three latest loans',
    'Part des mois en retard, trois derniers prêts',
    '+',
  ],
];

export const posCash = [
  ...rows({ table: 'POS_CASH_balance', concept: 'earlier loans' }, loans),
  ...rows({ table: 'POS_CASH_balance', concept: 'late payments here' }, late),
];
