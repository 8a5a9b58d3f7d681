/** Columns of the table of rows that were not taken: `Reject`, field by field. */
export const REJECT_COLUMNS = {
  file: 'VARCHAR',
  line: 'BIGINT',
  column: 'VARCHAR',
  value: 'VARCHAR',
  reason: 'VARCHAR',
  table: 'VARCHAR',
  client: 'INTEGER',
} as const;
