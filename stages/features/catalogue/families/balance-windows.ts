import { grid } from '../grid.ts';
import { balanceQuantities } from '../quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'bureau_balance', concept: 'late payments elsewhere' };

const others: readonly Row[] = [
  [
    'balance_lateness_6_to_24',
    'mean lateness, last 6 months / last 24',
    'Lateness elsewhere, 6 months to 24',
    'Retard ailleurs, 6 mois rapportés à 24',
    '+',
  ],
  [
    'balance_lateness_12_to_60',
    'mean lateness, last 12 months / last 60',
    'Lateness elsewhere, 12 months to 60',
    'Retard ailleurs, 12 mois rapportés à 60',
    '+',
  ],
  ['balance_loans', 'distinct SK_ID_BUREAU with months', 'Credits elsewhere with a history', 'Crédits ailleurs avec historique', '?'],
];

const cells = {
  '': {
    mean: 'lateness month loan_months loan_worst',
    sum: 'lateness',
    var: 'lateness loan_months',
    max: 'month loan_months',
    share: 'late_loan',
  },
  last6: {
    max: 'lateness',
    mean: 'lateness',
    share: 'unknown',
  },
  last12: {
    max: 'lateness',
    mean: 'lateness',
    share: 'closed',
    slope: 'lateness',
  },
  last24: {
    max: 'lateness',
    mean: 'lateness',
    count: 'late',
    slope: 'lateness',
  },
  last60: {
    max: 'lateness',
    mean: 'lateness',
    count: 'late',
    slope: 'lateness',
  },
};

/** Columns of sql/families/balance_windows.sql. */
export const balanceWindows = [
  ...grid({ ...shared, prefix: 'balance', unit: 'months', quantities: balanceQuantities, cells }),
  ...rows(shared, others),
];
