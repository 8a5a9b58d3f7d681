import { didYouMean, SluiceError } from '../../pipeline/index.ts';
import type { RawRow, RawRows } from '../../stages/features/raw-columns.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';

/** Stands for SK_ID_CURR where the rows have none: no feature reads it but to join. */
const ANYBODY = 1;

/** The one application row. @throws SluiceError DATA_MISSING_TABLE, DATA_DUPLICATE_KEY */
export function applicationOf({ application_train: train = [], application_test: test = [] }: RawRows): RawRow {
  const [row, second] = [...train, ...test];
  if (row === undefined) {
    throw new SluiceError('DATA_MISSING_TABLE', 'the rows have no application: neither application_train nor application_test has a row', {
      hint: 'Hand in the application form as the one row of application_test.',
    });
  }
  if (second !== undefined) {
    throw new SluiceError(
      'DATA_DUPLICATE_KEY',
      `the rows have ${train.length + test.length} applications, and one applicant is scored at a time`,
      {
        hint: 'Hand in one application row; many applicants are scored by `sluice score`.',
      },
    );
  }
  return row;
}

/**
 * Raw rows as all else takes them: known tables, one application, SK_ID_CURR in every row that has the column.
 * @throws SluiceError DATA_BAD_VALUE for a table that is not known or a row of somebody else; as {@link applicationOf}
 */
export function oneApplicant(given: RawRows): RawRows {
  requireTables(given);
  const client = clientOf(applicationOf(given));
  const rows: Partial<Record<TableName, readonly RawRow[]>> = {};
  for (const name of TABLE_NAMES) {
    const own = given[name];
    if (own === undefined || own.length === 0) continue;
    rows[name] = name === 'bureau_balance' ? own : own.map((row, index) => withClient(row, client, { table: name, index }));
  }
  return rows;
}

function requireTables(given: RawRows): void {
  const known: ReadonlySet<string> = new Set(TABLE_NAMES);
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new SluiceError('DATA_BAD_VALUE', `there is no raw table "${unknown}".${didYouMean(unknown, TABLE_NAMES)}`, {
    hint: `The tables are ${TABLE_NAMES.join(', ')}.`,
    data: { table: unknown },
  });
}

function clientOf(application: RawRow): number {
  const given = application['SK_ID_CURR'] ?? ANYBODY;
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given < 2 ** 31) return given;
  throw new SluiceError('DATA_BAD_VALUE', `SK_ID_CURR is ${JSON.stringify(given)}, a whole number below 2^31 is expected`, {
    hint: 'Correct it, or leave it out of all rows.',
    data: { column: 'SK_ID_CURR', row: 1, value: given },
  });
}

function withClient(row: RawRow, client: number, { table, index }: { readonly table: TableName; readonly index: number }): RawRow {
  const own = row['SK_ID_CURR'] ?? client;
  if (own === client) return { ...row, SK_ID_CURR: client };
  throw new SluiceError(
    'DATA_BAD_VALUE',
    `row ${index + 1} of ${table} is of client ${JSON.stringify(own)}, the application of ${client}`,
    {
      hint: 'Hand in rows of one applicant, or leave SK_ID_CURR out of all of them.',
      data: { table, column: 'SK_ID_CURR', row: index + 1, value: own },
    },
  );
}
