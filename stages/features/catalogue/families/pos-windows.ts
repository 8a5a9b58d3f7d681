import { grid } from '../grid.ts';
import { posQuantities } from '../quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'POS_CASH_balance', concept: 'late payments here' };

const others: readonly Row[] = [
  ['pos_dpd_6_to_24', 'mean SK_DPD, last 6 months / last 24', 'Days late, 6 months to 24', 'Jours de retard, 6 mois rapportés à 24', '+'],
];

const cells = {
  '': {
    max: 'month instalments future',
    sum: 'dpd dpd_def',
    var: 'dpd',
    mean: 'dpd_def future future_share',
    share: 'active signed returned demand amortized',
  },
  last6: {
    max: 'dpd dpd_def',
    mean: 'dpd future_share',
    share: 'late',
  },
  last12: {
    max: 'dpd_def',
    mean: 'dpd future_share',
  },
  last24: {
    max: 'dpd dpd_def',
    mean: 'dpd dpd_def',
    share: 'late',
  },
  last60: {
    max: 'dpd dpd_def',
    share: 'late',
  },
  latest6: {
    slope: 'dpd future',
  },
  latest12: {
    slope: 'dpd future',
  },
  latest60: {
    slope: 'dpd future',
  },
};

/** Columns of sql/families/pos_windows.sql. */
export const posWindows = [
  ...grid({ ...shared, prefix: 'pos', unit: 'months', quantities: posQuantities, cells }),
  ...rows(shared, others),
];
