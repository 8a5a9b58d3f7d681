import { grid } from '../grid.ts';
import { previousQuantities } from '../previous-quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'previous_application', concept: 'earlier applications' };

const others: readonly Row[] = [
  ['previous_latest_cash', 'the latest row is Cash loans', 'Latest application was for cash', 'Dernière demande : prêt personnel', '?'],
  [
    'previous_latest_revolving',
    'the latest row is Revolving loans',
    'Latest application was for revolving credit',
    'Dernière demande : crédit renouvelable',
    '+',
  ],
];

const cells = {
  latest: {
    value: 'hour payments annuity credit down_payment_rate asked_to_credit term interest',
  },
  latest3: {
    mean: 'decided payments annuity credit term interest',
    share: 'approved revolving',
  },
  latest5: {
    mean: 'decided payments annuity credit asked_to_credit interest',
    share: 'approved refused cash',
  },
  latest10: {
    mean: 'decided payments asked_to_credit interest',
    share: 'approved refused',
    slope: 'annuity credit interest',
  },
  first: {
    value: 'credit payments',
  },
};

/** Columns of sql/families/previous_latest.sql. */
export const previousLatest = [
  ...grid({ ...shared, prefix: 'previous', unit: 'days', quantities: previousQuantities, cells }),
  ...rows(shared, others),
];
