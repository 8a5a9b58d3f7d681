/** The features that fitted columns are made of. */
export const READ_BY_FITTED = ['ext_1', 'ext_2', 'ext_3', 'ext_mean', 'income', 'loan_term_months', 'loan_credit', 'loan_annuity'] as const;
