import { assertNever, type ColumnData, didYouMean, SluiceError } from '../../pipeline/index.ts';
import type { RawType } from '../tables/column.ts';
import { tableColumns } from '../tables/table-columns.ts';
import type { TableName } from '../tables/table-names.ts';

type RawValue = string | number | boolean | null;
export type RawRow = Readonly<Record<string, RawValue>>;
/** Rows by raw table; a table that is not there has none, a column that is not there is null. */
export type RawRows = Readonly<Partial<Record<TableName, readonly RawRow[]>>>;

/**
 * Rows as columns of the raw table, in its order.
 * @throws SluiceError DATA_BAD_VALUE for a column that the table does not have or a value that is not of its type
 */
export function rawColumns(table: TableName, rows: readonly RawRow[]): Readonly<Record<string, ColumnData>> {
  const types = tableColumns(table);
  for (const [index, row] of rows.entries()) requireKnown(table, index, Object.keys(row), types);
  return Object.fromEntries(
    Object.entries(types).map(([column, type]) => {
      const values = rows.map((row, index) => valueOf(row[column] ?? null, type as RawType, { table, column, index }));
      return [column, { type: type as RawType, values }];
    }),
  );
}

interface Place {
  readonly table: TableName;
  readonly column: string;
  /** From 0. */
  readonly index: number;
}

function requireKnown(table: TableName, index: number, names: readonly string[], types: Readonly<Record<string, string>>): void {
  const unknown = names.find((name) => !Object.hasOwn(types, name));
  if (unknown === undefined) return;
  throw new SluiceError(
    'DATA_BAD_VALUE',
    `${table}, row ${index + 1}: there is no column "${unknown}".${didYouMean(unknown, Object.keys(types))}`,
    { hint: 'Hand in the columns of the raw table under its names; leave out what is not known.', data: { table, column: unknown } },
  );
}

/** A text for a text; for a number one that the type holds, NaN and infinities in a DOUBLE included: they are unknown further on. */
function valueOf(value: RawValue, type: RawType, place: Place): string | number | null {
  if (value === null) return null;
  switch (type) {
    case 'VARCHAR':
      return typeof value === 'string' ? value : refuse(value, 'is not a text', place);
    case 'DOUBLE':
      return typeof value === 'string' ? refuse(value, 'is not a number', place) : Number(value);
    case 'INTEGER':
      return whole(value, 2 ** 31, place);
    case 'TINYINT':
      return whole(value, 2 ** 7, place);
    default:
      return assertNever(type);
  }
}

function whole(value: Exclude<RawValue, null>, bound: number, place: Place): number {
  const number = typeof value === 'string' ? Number.NaN : Number(value);
  if (!Number.isInteger(number)) return refuse(value, 'is not a whole number', place);
  return number < -bound || number >= bound ? refuse(value, `is not between ${-bound} and ${bound - 1}`, place) : number;
}

function refuse(value: Exclude<RawValue, null>, reason: string, { table, column, index }: Place): never {
  throw new SluiceError('DATA_BAD_VALUE', `${table}, row ${index + 1}, column ${column}: ${JSON.stringify(value)} ${reason}`, {
    hint: 'Hand in numbers as numbers, texts as texts and null for what is not known.',
    data: { table, column, row: index + 1 },
  });
}
