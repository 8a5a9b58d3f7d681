import application from './sql/application.sql';
import bureau from './sql/bureau.sql';
import bureauBalance from './sql/bureau_balance.sql';
import clients from './sql/clients.sql';
import combined from './sql/combined.sql';
import creditCard from './sql/credit_card.sql';
import applicationCategories from './sql/families/application_categories.sql';
import applicationDetail from './sql/families/application_detail.sql';
import balanceWindows from './sql/families/balance_windows.sql';
import bureauKinds from './sql/families/bureau_kinds.sql';
import bureauWindows from './sql/families/bureau_windows.sql';
import cardWindows from './sql/families/card_windows.sql';
import historyRatios from './sql/families/history_ratios.sql';
import installmentTrends from './sql/families/installment_trends.sql';
import installmentWindows from './sql/families/installment_windows.sql';
import interest from './sql/families/interest.sql';
import posWindows from './sql/families/pos_windows.sql';
import previousLatest from './sql/families/previous_latest.sql';
import previousOutcomes from './sql/families/previous_outcomes.sql';
import previousShares from './sql/families/previous_shares.sql';
import previousWindows from './sql/families/previous_windows.sql';
import installments from './sql/installments.sql';
import macros from './sql/macros.sql';
import posCash from './sql/pos_cash.sql';
import previousApplication from './sql/previous_application.sql';
import balanceRows from './sql/rows/bureau_balance.sql';
import bureauMonths from './sql/rows/bureau_months.sql';
import bureauRows from './sql/rows/bureau.sql';
import cardRows from './sql/rows/credit_card.sql';
import installmentLoans from './sql/rows/installment_loans.sql';
import installmentRows from './sql/rows/installments.sql';
import posRows from './sql/rows/pos_cash.sql';
import previousRows from './sql/rows/previous_application.sql';
import table from './sql/table.sql';
import { sqlName } from '../../pipeline/index.ts';
import type { FamilyName } from './family-names.ts';

/** Statements that come first: macros, and the view `application` over both application tables. */
export const preparation: readonly string[] = [macros, clients];

interface CleanedRows {
  readonly table: string;
  readonly query: string;
}

/** Makes cleaned rows, or a group's features, a temporary table. */
export const asTable = ({ table, query }: CleanedRows): string => `create or replace temp table ${sqlName(table)} as ${query}`;

/** Cleaned rows, in the order in which they read each other. */
export const cleanedRows: readonly CleanedRows[] = [
  { table: 'installment_rows', query: installmentRows },
  { table: 'installment_loans', query: installmentLoans },
  { table: 'balance_rows', query: balanceRows },
  { table: 'bureau_months', query: bureauMonths },
  { table: 'bureau_rows', query: bureauRows },
  { table: 'previous_rows', query: previousRows },
  { table: 'pos_rows', query: posRows },
  { table: 'card_rows', query: cardRows },
];

/** One query a raw table, keyed as `<name>_features`, each with one row a client that has rows there; `combined` reads the others. */
export const coreQueries = {
  application,
  bureau,
  bureau_balance: bureauBalance,
  previous_application: previousApplication,
  pos_cash: posCash,
  installments,
  credit_card: creditCard,
  combined,
} as const satisfies Record<string, string>;

/** One query a family, likewise. They read the cleaned rows; `history_ratios` reads the core's features. */
export const familyQueries = {
  application_detail: applicationDetail,
  bureau_kinds: bureauKinds,
  bureau_windows: bureauWindows,
  balance_windows: balanceWindows,
  previous_outcomes: previousOutcomes,
  previous_windows: previousWindows,
  previous_latest: previousLatest,
  previous_shares: previousShares,
  interest,
  pos_windows: posWindows,
  installment_windows: installmentWindows,
  installment_trends: installmentTrends,
  card_windows: cardWindows,
  history_ratios: historyRatios,
  application_categories: applicationCategories,
} as const satisfies Record<FamilyName, string>;

/** SK_ID_CURR, TARGET, part, then every feature of the view `all_features` as FLOAT, sorted by SK_ID_CURR. */
export const tableQuery = table;
