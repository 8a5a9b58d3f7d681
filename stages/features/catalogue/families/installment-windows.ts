import { grid } from '../grid.ts';
import { installmentQuantities } from '../quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'installments_payments', concept: 'payments here' };

const others: readonly Row[] = [
  [
    'inst_late_180_to_730',
    'mean days late, last 180 days / last 730',
    'Days late, 180 days to 730',
    'Jours de retard, 180 jours rapportés à 730',
    '+',
  ],
  [
    'inst_late_weighted_mean',
    'Σ days late · paid / Σ paid',
    'Days late, weighted by amount',
    'Jours de retard, pondérés par le montant',
    '+',
  ],
];

const cells = {
  last60: {
    max: 'late short',
    mean: 'late early short',
    sum: 'owed',
  },
  last180: {
    max: 'late short',
    mean: 'owed late early short paid_share',
    share: 'late late7',
  },
  last365: {
    max: 'short',
    mean: 'owed late short paid_share',
    min: 'paid_share',
    sum: 'owed paid late',
    share: 'late7',
  },
  last730: {
    max: 'late',
    mean: 'owed late early short',
    share: 'late15',
  },
  last1095: {
    max: 'late',
    mean: 'late early short',
    share: 'late',
  },
  latest3: {
    max: 'late early',
    mean: 'late early short paid_share',
  },
  latest5: {
    mean: 'late early short',
  },
  latest10: {
    mean: 'late early',
  },
  first4: {
    mean: 'late early paid_share',
  },
  '': {
    max: 'early over paid',
    mean: 'paid_on paid over',
    min: 'paid_on owed',
    sum: 'owed paid late',
    var: 'early',
    share: 'late15 over',
  },
};

/** Columns of sql/families/installment_windows.sql. */
export const installmentWindows = [
  ...grid({ ...shared, prefix: 'inst', unit: 'days', quantities: installmentQuantities, cells }),
  ...rows(shared, others),
];
