import { sqlString, type DuckDb } from '../../../pipeline/index.ts';
import { tables } from '../../tables/tables.ts';
import type { Column } from '../../tables/column.ts';
import { TABLE_NAMES, type TableName } from '../../tables/table-names.ts';

/** Clients 1 to {@link CLIENTS}; the last tenth has no label, and ids 1 and 2 have no history. */
export const CLIENTS = 100;
const ROWS: Readonly<Record<TableName, number>> = {
  application_train: CLIENTS * 0.9,
  application_test: CLIENTS * 0.1,
  bureau: 600,
  bureau_balance: 3000,
  previous_application: 600,
  POS_CASH_balance: 3000,
  installments_payments: 3000,
  credit_card_balance: 2000,
};

/**
 * Makes the eight raw tables of values that differ in size by powers of ten, so that adding them as doubles in another order
 * gives another sum. A value is a function of table, column and row number.
 */
export async function makeRandomBook(db: DuckDb): Promise<void> {
  for (const name of TABLE_NAMES) {
    const columns = Object.entries(tables[name].columns).map(([column, spec]) => `${valueOf(name, column, spec)} as "${column}"`);
    await db.run(`create or replace table ${name} as select ${columns.join(', ')} from range(${ROWS[name]}) r(i)`);
  }
}

/** A raw table with its rows in the order of md5(salt, row): another salt, another order. */
export const shuffled = (name: TableName, salt: string): string => `select * from ${name} order by md5(concat(${sqlString(salt)}, rowid))`;

function valueOf(table: TableName, column: string, spec: Column): string {
  const value = rawValue(table, column, spec, uniform(`${table}.${column}`));
  return spec.nullable ? `case when ${uniform(`${table}.${column}.null`)} > 0.1 then ${value} end` : value;
}

/** From 0 to 1, of 28 bits of an md5. */
const uniform = (key: string): string => `(('0x' || md5(concat('${key}.', i))[1:7])::bigint / 268435456.0)`;

const loanOf = (table: TableName): string => (table === 'previous_application' ? '(i + 1)' : '(1 + i % 400)');

function rawValue(table: TableName, column: string, { type, levels }: Column, draw: string): string {
  if (column === 'SK_ID_CURR') {
    if (table === 'application_train') return '(i + 1)::integer';
    // A loan is one client's in all tables.
    if (Object.hasOwn(tables[table].columns, 'SK_ID_PREV')) return `(3 + (${loanOf(table)} * 7919) % ${CLIENTS - 2})::integer`;
    return table === 'application_test' ? `(i + 1 + ${ROWS.application_train})::integer` : `(3 + floor(${draw} * ${CLIENTS - 2}))::integer`;
  }
  if (column === 'SK_ID_BUREAU') return table === 'bureau' ? '(i + 1)::integer' : '(1 + i % 600)::integer';
  if (column === 'SK_ID_PREV') return `(${loanOf(table)})::integer`;
  if (levels !== undefined) return `([${levels.map(sqlString).join(', ')}])[1 + floor(${draw} * ${levels.length})::integer]`;
  if (type === 'TINYINT') return `(${draw} < 0.3)::tinyint`;
  if (column === 'MONTHS_BALANCE') return `(-floor(${draw} * 70))::${type}`;
  // Squared, so that days of the last two months are among them.
  if (column.startsWith('DAYS_')) return `(case when ${draw} < 0.05 then 365243 else -floor(pow(${draw}, 2) * 3000) end)::${type}`;
  if (column.startsWith('AMT_')) return `round(exp(${draw} * 16), 3)`;
  if (/^(CNT_|NUM_)/.test(column)) return `floor(${draw} * 12)::${type}`;
  return type === 'INTEGER' ? `floor(${draw} * 40)::integer` : draw;
}
