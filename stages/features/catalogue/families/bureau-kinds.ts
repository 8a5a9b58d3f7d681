import { grid } from '../grid.ts';
import { bureauQuantities } from '../quantities.ts';

const shared = { table: 'bureau', concept: 'credits elsewhere' };

const cells = {
  '': {
    min: 'due gap',
    max: 'due updated overdue gap',
    mean: 'debt max_overdue annuity repaid debt_share months late_share on_time_share',
    sum: 'prolonged repaid months',
    var: 'opened',
    share: 'sold consumer cards mortgage car microloan',
  },
  latest: {
    value: 'credit max_overdue',
  },
  latest3: {
    mean: 'credit debt_share late_share',
    sum: 'debt',
  },
  active: {
    min: 'due updated',
    max: 'debt overdue max_overdue',
    mean: 'updated debt max_overdue repaid late_share',
    sum: 'debt overdue',
  },
  closed: {
    max: 'due updated credit debt max_overdue',
    mean: 'opened credit max_overdue late_share',
    sum: 'credit debt',
  },
  consumer: {
    max: 'opened debt max_overdue',
    mean: 'opened credit debt debt_share',
  },
  cards: {
    max: 'opened debt max_overdue',
    mean: 'opened credit debt debt_share',
  },
  mortgage: {
    max: 'opened debt',
    mean: 'credit debt_share',
  },
  car: {
    max: 'opened debt',
    mean: 'credit debt_share',
  },
  microloan: {
    max: 'opened debt',
    mean: 'credit debt_share',
  },
};

/** Columns of sql/families/bureau_kinds.sql. */
export const bureauKinds = [...grid({ ...shared, prefix: 'bureau', unit: 'days', quantities: bureauQuantities, cells })];
