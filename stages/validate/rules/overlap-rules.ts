import type { DuckDb } from '../../../pipeline/index.ts';
import { atMost, type Rule } from '../rule.ts';

/** Clients who stand in both application tables: drift would compare them with themselves. */
export async function overlapRules(db: DuckDb): Promise<readonly Rule[]> {
  const { n, example } = await db.one<{ n: number; example: number | null }>(
    'select count(*) n, min(SK_ID_CURR) example from application_train where SK_ID_CURR in (select SK_ID_CURR from application_test)',
  );
  const reason =
    n === 0 ? 'no client is in application_train as well' : `${n} clients are in application_train as well, the first is ${example}`;
  return [
    atMost(
      { rule: 'train and test apart', table: 'application_test', column: 'SK_ID_CURR', severity: 'warning' },
      { value: n, limit: 0, reason },
    ),
  ];
}
