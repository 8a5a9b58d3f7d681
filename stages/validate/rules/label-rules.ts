import { type DuckDb, SluiceError } from '../../../pipeline/index.ts';
import { atMost, type Rule } from '../rule.ts';

/**
 * Enough applicants of both classes to learn from, told apart by TARGET.
 * @throws SluiceError DATA_ONE_CLASS where one class is missing: nothing downstream could even be computed
 */
export async function labelRules(db: DuckDb, minPositives: number): Promise<readonly Rule[]> {
  const { positives, negatives } = await db.one<{ positives: number; negatives: number }>(
    'select count(*) filter (where TARGET = 1) positives, count(*) filter (where TARGET = 0) negatives from application_train',
  );
  if (positives === 0 || negatives === 0) {
    throw new SluiceError(
      'DATA_ONE_CLASS',
      `application_train has ${positives} defaults (TARGET = 1) and ${negatives} applicants without (TARGET = 0): there is nothing to tell apart`,
      {
        hint: 'A scoring model learns from both. Check how the rows were selected, and that TARGET came along.',
        data: { positives, negatives },
      },
    );
  }
  const count = (column: string, value: number, what: string): Rule => ({
    ...atMost(
      { rule: 'enough labels', table: 'application_train', column, severity: 'error' },
      { value: -value, limit: -minPositives, reason: '' },
    ),
    value,
    limit: minPositives,
    reason: `${value} ${what}, at least ${minPositives} are needed${value < minPositives ? ' (params.validate.minPositives)' : ''}`,
  });
  return [count('TARGET = 1', positives, 'defaults'), count('TARGET = 0', negatives, 'applicants without default')];
}
