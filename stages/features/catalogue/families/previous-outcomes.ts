import { grid } from '../grid.ts';
import { previousQuantities } from '../previous-quantities.ts';

const shared = { table: 'previous_application', concept: 'earlier loans' };

const cells = {
  '': {
    min: 'hour credit asked_minus_credit asked_to_credit',
    max: 'hour credit asked_minus_credit asked_to_credit term',
    mean: 'asked goods down_payment asked_minus_credit term',
    var: 'decided payments',
    count: 'unpaid',
  },
  approved: {
    min: 'decided first_due last_due_planned early_days annuity credit asked_minus_credit asked_to_credit',
    max: 'payments first_drawing last_due_planned last_due early_days goods down_payment asked_minus_credit term',
    mean: 'decided payments first_drawing first_due last_due_planned last_due terminated asked_to_credit',
  },
  refused: {
    min: 'decided credit asked_minus_credit',
    max: 'payments asked asked_minus_credit',
    mean: 'decided payments asked asked_to_credit',
    share: 'cash',
  },
  running: {
    min: 'decided last_due_planned',
    max: 'last_due_planned annuity asked remaining',
    mean: 'decided payments asked remaining repaid_share',
    sum: 'payments paid unpaid remaining',
  },
  consumer: {
    min: 'asked_to_credit interest',
    max: 'decided annuity interest',
    mean: 'payments annuity credit down_payment_rate interest',
  },
  cash: {
    min: 'asked_to_credit interest',
    max: 'decided annuity interest',
    mean: 'payments annuity credit interest',
  },
  unpaid: {
    mean: 'annuity credit repaid_share',
  },
};

/** Columns of sql/families/previous_outcomes.sql. */
export const previousOutcomes = [...grid({ ...shared, prefix: 'previous', unit: 'days', quantities: previousQuantities, cells })];
