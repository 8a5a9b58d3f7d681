/** Kaggle's names of the eight tables; `application_train` is the only one that a source must have. */
export const TABLE_NAMES = [
  'application_train',
  'application_test',
  'bureau',
  'bureau_balance',
  'previous_application',
  'POS_CASH_balance',
  'installments_payments',
  'credit_card_balance',
] as const;

export type TableName = (typeof TABLE_NAMES)[number];
