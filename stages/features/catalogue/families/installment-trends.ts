import { grid } from '../grid.ts';
import { installmentQuantities } from '../quantities.ts';
import { type Row, rows } from '../row.ts';

const shared = { table: 'installments_payments', concept: 'payments here' };

const others: readonly Row[] = [
  ['inst_latest_loan_count', 'instalments of the latest loan', 'Instalments of the latest loan', 'Échéances du dernier prêt', '?'],
  ['inst_loans', 'distinct SK_ID_PREV', 'Loans with instalments', 'Prêts avec échéances', '?'],
];

const cells = {
  latest12: {
    slope: 'late early short over',
  },
  latest24: {
    slope: 'late early short over',
  },
  latest60: {
    slope: 'late early over',
  },
  latest120: {
    slope: 'late over',
  },
  latest_loan: {
    sum: 'paid late short over',
    mean: 'owed late over paid_share',
    max: 'late early over',
    var: 'late',
  },
};

/** Columns of sql/families/installment_trends.sql. */
export const installmentTrends = [
  ...grid({ ...shared, prefix: 'inst', unit: 'days', quantities: installmentQuantities, cells }),
  ...rows(shared, others),
];
