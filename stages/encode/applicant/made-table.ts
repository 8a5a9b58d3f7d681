/** A statement that makes a table of a query, after its comments. */
const MAKES_TABLE = /^(?:\s|--[^\n]*\n)*create or replace temp table "?(\w+)"? as\s/;
/** A table that is a file of the state. */
const READS_FILE = /^\s*from read_parquet\(/;

export interface MadeTable {
  readonly table: string;
  readonly query: string;
  /** Whether its rows are those of a file of the state: the same for every applicant. */
  readonly ofState: boolean;
}

/** What a statement makes; null for one that makes no table of a query: macros, views. */
export function madeTable(sql: string): MadeTable | null {
  const [start, table] = MAKES_TABLE.exec(sql) ?? [];
  if (start === undefined || table === undefined) return null;
  const query = sql.slice(start.length);
  return { table, query, ofState: READS_FILE.test(query) };
}
