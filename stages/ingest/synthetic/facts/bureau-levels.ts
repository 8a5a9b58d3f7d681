import type { Shares } from '../shares.ts';

/** Shares of the categories of the bureau table. */
export const bureauLevels: Readonly<Record<string, Shares>> = {
  bureau_type: { consumer: 0.72814, card: 0.2339, car: 0.015743, mortgage: 0.01032, micro: 0.0093648, other: 0.0025393 },
  bureau_other_type: {
    'Loan for business development': 0.472,
    'Another type of loan': 0.24,
    'Loan for working capital replenishment': 0.128,
    'Unknown type of loan': 0.096,
    'Cash loan (non-earmarked)': 0.056,
    'Loan for the purchase of equipment': 0.008,
  },
  bureau_currency: { 'currency 1': 0.99916, 'currency 2': 0.00071, 'currency 3': 0.0001, 'currency 4': 3e-5 },
  bureau_prolong: { '0': 0.99468, '1': 0.0044, '2': 0.0007, '3': 0.00014, '4': 6e-5, '5': 2e-5 },
};
