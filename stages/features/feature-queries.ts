import application from './sql/application.sql';
import bureau from './sql/bureau.sql';
import bureauBalance from './sql/bureau_balance.sql';
import clients from './sql/clients.sql';
import combined from './sql/combined.sql';
import creditCard from './sql/credit_card.sql';
import installments from './sql/installments.sql';
import macros from './sql/macros.sql';
import posCash from './sql/pos_cash.sql';
import previousApplication from './sql/previous_application.sql';
import table from './sql/table.sql';

/** Statements that come first: macros, and the view `application` over both application tables. */
export const preparation: readonly string[] = [macros, clients];

/** One query a raw table, keyed as `<name>_features`, each with one row a client that has rows there; `combined` reads the others. */
export const featureQueries = {
  application,
  bureau,
  bureau_balance: bureauBalance,
  previous_application: previousApplication,
  pos_cash: posCash,
  installments,
  credit_card: creditCard,
  combined,
} as const satisfies Record<string, string>;

/** Joins all groups: SK_ID_CURR, TARGET, part, then every feature as FLOAT, sorted by SK_ID_CURR. */
export const tableQuery = table;
