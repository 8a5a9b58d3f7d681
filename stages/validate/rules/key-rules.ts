import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Table } from '../../tables/table.ts';
import { atMost, type Rule } from '../rule.ts';

/** Ids are there in every row, and the table's key is unique. */
export async function keyRules(db: DuckDb, table: Table): Promise<readonly Rule[]> {
  const ids = Object.keys(table.columns).filter((name) => name.startsWith('SK_ID_'));
  const { n } = await db.one<{ n: number }>(
    `select count(*) n from ${sqlName(table.name)} where ${ids.map((id) => `${sqlName(id)} is null`).join(' or ')}`,
  );
  const missing = atMost(
    { rule: 'ids present', table: table.name, severity: 'error' },
    { value: n, limit: 0, reason: n === 0 ? `every row has ${ids.join(' and ')}` : `${n} rows without ${ids.join(' or ')}` },
  );
  return table.key.length === 0 ? [missing] : [missing, await uniqueKey(db, table)];
}

async function uniqueKey(db: DuckDb, table: Table): Promise<Rule> {
  const key = table.key.map(sqlName).join(', ');
  const { surplus, example } = await db.one<{ surplus: number; example: string | null }>(
    `select coalesce(sum(n - 1), 0)::bigint surplus, min(k)::varchar example from (select ${key} k, count(*) n from ${sqlName(table.name)} group by all having n > 1)`,
  );
  const name = table.key.join(', ');
  const reason = surplus === 0 ? `${name} is unique` : `${surplus} rows repeat a ${name}, the first is ${example}`;
  return atMost({ rule: 'key unique', table: table.name, column: name, severity: 'error' }, { value: surplus, limit: 0, reason });
}
