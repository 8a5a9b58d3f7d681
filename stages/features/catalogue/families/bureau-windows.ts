import { grid } from '../grid.ts';
import { bureauQuantities } from '../quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'bureau', concept: 'credits elsewhere' };

const others: readonly Row[] = [
  [
    'bureau_last730_count',
    'rows opened in the last 730 days',
    'Credits opened elsewhere, last 730 days',
    'Crédits ouverts ailleurs, 730 derniers jours',
    '+',
  ],
  [
    'bureau_last1095_count',
    'rows opened in the last 1095 days',
    'Credits opened elsewhere, last 1095 days',
    'Crédits ouverts ailleurs, 1095 derniers jours',
    '+',
  ],
  [
    'bureau_count_180_to_730',
    'rows opened in the last 180 days / last 730',
    'Credits opened elsewhere, last 180 days to last 730',
    'Crédits ouverts ailleurs, 180 jours rapportés à 730',
    '+',
  ],
  [
    'bureau_credit_365_to_1095',
    'Σ AMT_CREDIT_SUM opened in the last 365 days / last 1095',
    'Credit opened elsewhere, last year to last three',
    'Crédit ouvert ailleurs, un an rapporté à trois',
    '+',
  ],
  [
    'bureau_debt_365_to_all',
    'Σ AMT_CREDIT_SUM_DEBT opened in the last 365 days / all',
    'Share of debt elsewhere from the last year',
    'Part de la dette ailleurs née dans l’année',
    '+',
  ],
];

const cells = {
  last180: {
    max: 'credit max_overdue',
    mean: 'debt debt_share late_share',
    sum: 'credit debt',
  },
  last365: {
    max: 'credit max_overdue',
    mean: 'debt repaid debt_share late_share',
    sum: 'debt',
  },
  last730: {
    max: 'credit',
    mean: 'debt repaid debt_share late_share',
    sum: 'credit debt',
  },
  last1095: {
    max: 'credit max_overdue',
    mean: 'debt repaid debt_share late_share',
    sum: 'credit debt',
  },
};

/** Columns of sql/families/bureau_windows.sql. */
export const bureauWindows = [
  ...grid({ ...shared, prefix: 'bureau', unit: 'days', quantities: bureauQuantities, cells }),
  ...rows(shared, others),
];
