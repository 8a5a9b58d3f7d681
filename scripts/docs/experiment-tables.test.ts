import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../../experiments');

/** Columns of the study's result in the order in which its README quotes them. */
const QUOTED = {
  models: ['cv_auc', 'cost', 'ece', 'auc − xgboost'],
  imbalance: ['cv_auc', 'cost', 'cost_corrected', 'cost_raw', 'ece', 'ece_corrected', 'ece_raw'],
} as const;

/** The cells of the first table of a page, its head first, without the line under it. */
async function table(page: string): Promise<readonly (readonly string[])[]> {
  const lines = (await readFile(join(root, page), 'utf8')).split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.map((line) => line.split('|').slice(1, -1));
  return rows.filter((_, at) => at !== 1).map((cells) => cells.map((cell) => cell.trim()));
}

const numbers = (cell: string): readonly number[] => (cell.match(/[−-]?\d+\.\d+/g) ?? []).map((text) => Number(text.replace('−', '-')));

test.each(Object.entries(QUOTED))('the README of %s quotes its result, rounded to three decimals', async (study, columns) => {
  const [[, ...quotes], [result, ...rows]] = [await table(`${study}/README.md`), await table(`${study}/result.md`)] as const;
  expect(quotes.length).toBe(rows.length);
  for (const [at, [name = '', ...quoted]] of quotes.entries()) {
    expect(quoted.length).toBe(columns.length);
    for (const [column, cell] of quoted.entries()) {
      const source = numbers(rows[at]?.[result?.indexOf(columns[column] ?? '') ?? -1] ?? '');
      for (const [which, number] of numbers(cell).entries())
        expect({ name, column, close: Math.abs(number - (source[which] ?? Number.NaN)) < 0.000501 }).toEqual({ name, column, close: true });
    }
  }
});
