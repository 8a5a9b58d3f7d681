import type { TableName } from '../tables/table-names.ts';

/** A row that was not taken, and the first thing wrong with it. */
export interface Reject {
  /** File name, without its folder. */
  readonly file: string;
  /** Line where the row starts, from 1 and with the header counted; the row's number in a Parquet file. */
  readonly line: number;
  /** Null where the row as a whole is wrong. */
  readonly column: string | null;
  /** As it stands in the file, cut at 200 characters; null for an empty field. */
  readonly value: string | null;
  readonly reason: string;
  readonly table: TableName;
  /** Whose row it is: its SK_ID_CURR, where it has one that can be read. Of a row of bureau_balance, that of its loan. */
  readonly client: number | null;
  /** Its SK_ID_BUREAU, where it has one that can be read: `nameClientsOfLoans` finds clients by it. */
  readonly loan?: number | null;
}

/** An id as every table holds it, SK_ID_CURR or another; null for what is none. */
export function idIn(value: string | number | null | undefined): number | null {
  const id = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isInteger(id) && id >= 1 && id < 2 ** 31 ? id : null;
}

const SHOWN = 200;

/** Shortens a value for a message or for the table of rejects. */
export function clip(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}

/** `application_train.csv:17: column AMT_CREDIT: "abc" is not a number` */
export function describeReject({ file, line, column, value, reason }: Reject): string {
  const where = column === null ? `${file}:${line}` : `${file}:${line}: column ${column}`;
  return value === null || value === '' ? `${where}: ${reason}` : `${where}: "${value}" ${reason}`;
}
