import type { SqlParams } from '../../../pipeline/index.ts';
import type { TableName } from '../../tables/table-names.ts';
import application from './sql/application.sql';
import bureau from './sql/bureau.sql';
import bureauBalance from './sql/bureau-balance.sql';
import creditCardBalance from './sql/credit-card-balance.sql';
import installmentsPayments from './sql/installments-payments.sql';
import posCashBalance from './sql/pos-cash-balance.sql';
import previousApplication from './sql/previous.sql';

interface TableQuery {
  readonly sql: string;
  readonly params?: SqlParams;
}

/** The query of each table over client, outcome, bureau_core and previous_core. */
export const tableQueries: Readonly<Record<TableName, TableQuery>> = {
  application_train: { sql: application, params: { unlabelled: false } },
  application_test: { sql: application, params: { unlabelled: true } },
  bureau: { sql: bureau },
  bureau_balance: { sql: bureauBalance },
  previous_application: { sql: previousApplication },
  POS_CASH_balance: { sql: posCashBalance },
  installments_payments: { sql: installmentsPayments },
  credit_card_balance: { sql: creditCardBalance },
};
