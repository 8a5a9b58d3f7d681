import { grid } from '../grid.ts';
import { cardQuantities } from '../quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'credit_card_balance', concept: 'use of cards' };

const others: readonly Row[] = [
  ['card_count', 'distinct SK_ID_PREV', 'Cards', 'Cartes', '?'],
  [
    'card_balance_6_to_24',
    'mean AMT_BALANCE, last 6 months / last 24',
    'Card balance, 6 months to 24',
    'Solde de carte, 6 mois rapportés à 24',
    '+',
  ],
  [
    'card_drawings_6_to_24',
    'mean AMT_DRAWINGS_CURRENT, last 6 months / last 24',
    'Spent by card, 6 months to 24',
    'Dépensé par carte, 6 mois rapportés à 24',
    '+',
  ],
];

const cells = {
  '': {
    min: 'month payment_to_minimum',
    max: 'atm drawings minimum payment atm_count drawings_count paid_count',
    mean: 'credit_limit atm purchases minimum payment_to_minimum atm_to_limit drawings_count purchases_count dpd',
    sum: 'drawings dpd',
  },
  latest: {
    value: 'limit_use payment_to_minimum atm_count',
  },
  latest3: {
    mean: 'limit_use drawings payment',
  },
  last6: {
    max: 'balance limit_use',
    mean: 'balance limit_use drawings payment',
  },
  last12: {
    max: 'balance limit_use dpd',
    mean: 'balance drawings payment payment_to_minimum atm_count',
  },
  last24: {
    max: 'balance limit_use dpd dpd_def',
    mean: 'balance limit_use atm_count',
  },
  last48: {
    mean: 'balance limit_use',
  },
  latest6: {
    slope: 'balance limit_use',
  },
  latest12: {
    slope: 'balance limit_use payment',
  },
  latest24: {
    slope: 'balance limit_use',
  },
};

/** Columns of sql/families/card_windows.sql. */
export const cardWindows = [
  ...grid({ ...shared, prefix: 'card', unit: 'months', quantities: cardQuantities, cells }),
  ...rows(shared, others),
];
