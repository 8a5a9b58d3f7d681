import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Contract } from '../contract/contract-schema.ts';
import { atMost, type Rule } from '../rule.ts';

/** Clients who stand in both application tables: drift would compare them with themselves. */
export async function overlapRules(db: DuckDb, { apart, severity }: Contract): Promise<readonly Rule[]> {
  if (apart === undefined || severity.apart === 'off') return [];
  const { column, tables } = apart;
  const [first, second] = tables;
  const id = sqlName(column);
  const { n, example } = await db.one<{ n: number; example: number | null }>(
    `select count(*) n, min(${id}) example from ${sqlName(first)} where ${id} in (select ${id} from ${sqlName(second)})`,
  );
  const reason = n === 0 ? `no client is in ${first} as well` : `${n} clients are in ${first} as well, the first is ${example}`;
  return atMost({ rule: 'train and test apart', table: second, column, severity: severity.apart }, { value: n, limit: 0, reason });
}
