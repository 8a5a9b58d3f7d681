import { describe, expect, test } from '@jest/globals';
import { tableColumns } from './table-columns.ts';
import { TABLE_NAMES } from './table-names.ts';
import { tables } from './tables.ts';

describe('the declared tables', () => {
  // Counts of Kaggle's "Data" page.
  test.each([
    ['application_train', 122],
    ['application_test', 121],
    ['bureau', 17],
    ['bureau_balance', 3],
    ['previous_application', 37],
    ['POS_CASH_balance', 8],
    ['installments_payments', 8],
    ['credit_card_balance', 23],
  ] as const)('%s has %i columns', (name, count) => {
    expect(Object.keys(tableColumns(name))).toHaveLength(count);
  });

  test.each(TABLE_NAMES)('%s sorts, keys and joins by columns that it has', (name) => {
    const { columns, key, sort, parents } = tables[name];
    expect(tables[name].name).toBe(name);
    for (const column of [...key, ...sort, ...parents.map((parent) => parent.column)]) expect(columns).toHaveProperty(column);
    for (const parent of parents) for (const table of parent.tables) expect(tables[table].columns).toHaveProperty(parent.column);
  });

  test('application_test is application_train without TARGET', () => {
    const { TARGET, ...rest } = tableColumns('application_train');
    expect(TARGET).toBe('TINYINT');
    expect(Object.entries(tableColumns('application_test'))).toEqual(Object.entries(rest));
  });
});
