import type { TableName } from './table-names.ts';

/** Something for each of the eight tables. */
export function perTable<T>(of: (name: TableName) => T): Readonly<Record<TableName, T>> {
  return {
    application_train: of('application_train'),
    application_test: of('application_test'),
    bureau: of('bureau'),
    bureau_balance: of('bureau_balance'),
    previous_application: of('previous_application'),
    POS_CASH_balance: of('POS_CASH_balance'),
    installments_payments: of('installments_payments'),
    credit_card_balance: of('credit_card_balance'),
  };
}
