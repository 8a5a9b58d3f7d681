import { grid } from '../grid.ts';
import { previousQuantities } from '../previous-quantities.ts';

const shared = { table: 'previous_application', concept: 'cost of earlier loans' };

const cells = {
  approved: {
    min: 'interest_share rate',
    max: 'interest_share rate',
    mean: 'interest_share rate',
  },
  latest3: {
    max: 'interest_share rate',
  },
  refused: {
    mean: 'interest_share rate',
  },
  running: {
    mean: 'rate',
  },
  cash: {
    mean: 'rate',
  },
  consumer: {
    mean: 'rate',
  },
  last365: {
    mean: 'rate',
  },
};

/** Columns of sql/families/interest.sql. */
export const interest = [...grid({ ...shared, prefix: 'previous', unit: 'days', quantities: previousQuantities, cells })];
