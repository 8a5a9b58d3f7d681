import { z } from 'zod';
import type { RawType } from '../../../stages/tables/column.ts';
import type { TableName } from '../../../stages/tables/table-names.ts';
import { perTable } from '../../../stages/tables/per-table.ts';
import { tables } from '../../../stages/tables/tables.ts';
import { plainText } from './plain-text.ts';

/** Rows of one table of one applicant; the longest history of Kaggle's data has a few hundred. */
const MOST_ROWS = 5000;
const LONGEST_TEXT = 200;
const ID_BOUND = 2 ** 31;
/** Days, counts and months are well below, and what is made of them fits the SQL's own types. */
const INTEGER_BOUND = 1e7;
const MONTHS_BOUND = 1e5;
/** Beyond any amount; what is made of it stays a finite Float32. */
const DOUBLE_BOUND = 1e15;
const TINYINT_BOUND = 2 ** 7;

function valueOf(column: string, type: RawType): z.ZodType<string | number> {
  const isId = column.startsWith('SK_ID_');
  switch (type) {
    case 'VARCHAR':
      return plainText(LONGEST_TEXT);
    case 'INTEGER': {
      const bound = column.startsWith('MONTHS_') ? MONTHS_BOUND : INTEGER_BOUND;
      return z
        .int()
        .min(isId ? -ID_BOUND : -bound)
        .max(isId ? ID_BOUND - 1 : bound);
    }
    case 'TINYINT':
      return z
        .int()
        .min(-TINYINT_BOUND)
        .max(TINYINT_BOUND - 1);
    case 'DOUBLE':
      return z.number().min(-DOUBLE_BOUND).max(DOUBLE_BOUND);
  }
}

/** One of a table's columns, of its type or null; ranges and levels are no matter of types: what is odd in them is told in `dataQuality`. */
function rowSchema(name: TableName) {
  const columns = Object.entries(tables[name].columns).map(
    ([column, { type }]) => [column, valueOf(column, type).nullable().exactOptional()] as const,
  );
  return z.strictObject(Object.fromEntries(columns)).meta({ id: `Row_${name}` });
}

/** For who makes requests of the contract; the scorer says which of the two rules is broken. */
function hasRow(name: TableName) {
  return { required: [name], properties: { [name]: { minItems: 1 } } };
}

const MOST: Readonly<Partial<Record<TableName, number>>> = { application_train: 1, application_test: 1 };

/**
 * Raw rows of one applicant by table, under Kaggle's names of tables and columns: one row of application_test (or of
 * application_train, which has TARGET too), and the history that there is. A column that is left out is null, a table that is left out is
 * no history; a table or column that does not exist is refused. All rows must be of one client.
 */
export const rawRows = z
  .strictObject(
    perTable((name) =>
      z
        .array(rowSchema(name))
        .max(MOST[name] ?? MOST_ROWS)
        .exactOptional(),
    ),
  )
  .meta({ id: 'RawRows', oneOf: [hasRow('application_test'), hasRow('application_train')] });
