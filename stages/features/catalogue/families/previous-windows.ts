import { grid } from '../grid.ts';
import { previousQuantities } from '../previous-quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'previous_application', concept: 'earlier applications' };

const others: readonly Row[] = [
  ['previous_last180_count', 'rows decided in the last 180 days', 'Applications, last 180 days', 'Demandes, 180 derniers jours', '+'],
  ['previous_last730_count', 'rows decided in the last 730 days', 'Applications, last 730 days', 'Demandes, 730 derniers jours', '+'],
  [
    'previous_count_365_to_all',
    'rows decided in the last 365 days / all',
    'Share of applications from the last year',
    'Part des demandes de l’année',
    '+',
  ],
];

const cells = {
  last180: {
    max: 'last_due_planned annuity interest',
    mean: 'payments annuity credit asked_to_credit interest',
    share: 'refused',
  },
  last365: {
    max: 'last_due_planned annuity interest',
    min: 'asked_minus_credit asked_to_credit',
    mean: 'decided payments annuity credit asked_to_credit interest',
    sum: 'credit',
    share: 'refused cash',
  },
  last730: {
    max: 'last_due_planned annuity interest',
    min: 'asked_minus_credit asked_to_credit',
    mean: 'decided payments annuity credit asked_to_credit interest',
    sum: 'credit',
    share: 'approved cash',
  },
};

/** Columns of sql/families/previous_windows.sql. */
export const previousWindows = [
  ...grid({ ...shared, prefix: 'previous', unit: 'days', quantities: previousQuantities, cells }),
  ...rows(shared, others),
];
