import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Contract, ContractTable } from '../contract/contract-schema.ts';
import { atMost, type Rule } from '../rule.ts';

/** Ids are there in every row, and the table's key is unique. */
export async function keyRules(db: DuckDb, table: ContractTable, contract: Contract): Promise<readonly Rule[]> {
  return [...(await idsPresent(db, table, contract)), ...(await uniqueKey(db, table, contract))];
}

async function idsPresent(db: DuckDb, { name, ids }: ContractTable, { severity }: Contract): Promise<readonly Rule[]> {
  if (ids.length === 0 || severity.ids === 'off') return [];
  const { n } = await db.one<{ n: number }>(
    `select count(*) n from ${sqlName(name)} where ${ids.map((id) => `${sqlName(id)} is null`).join(' or ')}`,
  );
  const reason = n === 0 ? `every row has ${ids.join(' and ')}` : `${n} rows without ${ids.join(' or ')}`;
  return atMost({ rule: 'ids present', table: name, severity: severity.ids }, { value: n, limit: 0, reason });
}

async function uniqueKey(db: DuckDb, { name, key }: ContractTable, { severity }: Contract): Promise<readonly Rule[]> {
  if (key.length === 0 || severity.key === 'off') return [];
  const columns = key.map(sqlName).join(', ');
  const { surplus, example } = await db.one<{ surplus: number; example: string | null }>(
    `select coalesce(sum(n - 1), 0)::bigint surplus, min(k)::varchar example
     from (select ${key.length === 1 ? columns : `row(${columns})`} k, count(*) n from ${sqlName(name)} group by all having n > 1)`,
  );
  const named = key.join(', ');
  const reason = surplus === 0 ? `${named} is unique` : `${surplus} rows repeat a ${named}, the first is ${example}`;
  return atMost({ rule: 'key unique', table: name, column: named, severity: severity.key }, { value: surplus, limit: 0, reason });
}
