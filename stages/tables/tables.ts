import { applicationTest } from './application-test.ts';
import { applicationTrain } from './application-train.ts';
import { bureau } from './bureau.ts';
import { bureauBalance } from './bureau-balance.ts';
import { creditCardBalance } from './credit-card-balance.ts';
import { installmentsPayments } from './installments-payments.ts';
import { posCashBalance } from './pos-cash-balance.ts';
import { previousApplication } from './previous-application.ts';
import type { TableName } from './table-names.ts';
import type { Table } from './table.ts';

/** The eight raw tables by Kaggle's name. */
export const tables: Readonly<Record<TableName, Table>> = {
  application_train: applicationTrain,
  application_test: applicationTest,
  bureau,
  bureau_balance: bureauBalance,
  previous_application: previousApplication,
  POS_CASH_balance: posCashBalance,
  installments_payments: installmentsPayments,
  credit_card_balance: creditCardBalance,
};
