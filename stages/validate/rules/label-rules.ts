import { type DuckDb, SluiceError, sqlName } from '../../../pipeline/index.ts';
import type { Contract } from '../contract/contract-schema.ts';
import { atLeast, type Rule } from '../rule.ts';

/**
 * Enough applicants of both classes to learn from, told apart by the label.
 * @throws SluiceError DATA_ONE_CLASS where one class is missing: nothing downstream could even be computed
 */
export async function labelRules(db: DuckDb, { label, severity }: Contract): Promise<readonly Rule[]> {
  const { table, column, minEachClass: limit } = label;
  const { positives, negatives } = await db.one<{ positives: number; negatives: number }>(
    `select count(*) filter (where ${sqlName(column)} = 1) positives, count(*) filter (where ${sqlName(column)} = 0) negatives from ${sqlName(table)}`,
  );
  if (positives === 0 || negatives === 0) {
    throw new SluiceError(
      'DATA_ONE_CLASS',
      `${table} has ${positives} defaults (${column} = 1) and ${negatives} applicants without (${column} = 0): there is nothing to tell apart`,
      {
        hint: `A scoring model learns from both. Check how the rows were selected, and that ${column} came along.`,
        data: { positives, negatives },
      },
    );
  }
  const count = (which: string, value: number, what: string): readonly Rule[] =>
    atLeast(
      { rule: 'enough labels', table, column: which, severity: severity.labels },
      { value, limit, reason: `${value} ${what}, at least ${limit} are needed${value < limit ? ' (params.validate.minPositives)' : ''}` },
    );
  return [...count(`${column} = 1`, positives, 'defaults'), ...count(`${column} = 0`, negatives, 'applicants without default')];
}
