import { type Row, rows } from './row.ts';

const history: readonly Row[] = [
  ['balance_months', 'rows', 'Months of history elsewhere', 'Mois d’historique ailleurs', '?'],
  [
    'balance_month_min',
    'smallest MONTHS_BALANCE (negative)',
    'First month of history elsewhere',
    'Premier mois d’historique ailleurs',
    '+',
  ],
  ['balance_closed_share', 'share of rows with STATUS = C', 'Share of months closed elsewhere', 'Part des mois clos ailleurs', '-'],
  [
    'balance_unknown_share',
    'share of rows with STATUS = X',
    'Share of months of unknown status elsewhere',
    'Part des mois de statut inconnu ailleurs',
    '?',
  ],
];

const late: readonly Row[] = [
  ['balance_late_share', 'share of rows with STATUS 1 to 5', 'Share of months late elsewhere', 'Part des mois en retard ailleurs', '+'],
  ['balance_worst', 'largest STATUS among 0 to 5', 'Worst lateness elsewhere, 0 to 5', 'Pire retard ailleurs, de 0 à 5', '+'],
  [
    'balance_last12_late_share',
    'share of rows late, last 12 months',
    'Share of months late elsewhere, last 12',
    'Part des mois en retard ailleurs, 12 derniers',
    '+',
  ],
  [
    'balance_last_late_month',
    'largest MONTHS_BALANCE late (negative)',
    'Latest month late elsewhere',
    'Dernier mois en retard ailleurs',
    '+',
  ],
];

export const bureauBalance = [
  ...rows({ table: 'bureau_balance', concept: 'credits elsewhere' }, history),
  ...rows({ table: 'bureau_balance', concept: 'late payments elsewhere' }, late),
];
