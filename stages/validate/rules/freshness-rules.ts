import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Contract, ContractTable } from '../contract/contract-schema.ts';
import { atLeast, type Rule } from '../rule.ts';

/** Whether the newest row is young enough: a delivery that stopped months ago looks whole and is stale. */
export async function freshnessRules(db: DuckDb, { name, freshness }: ContractTable, { severity }: Contract): Promise<readonly Rule[]> {
  if (freshness === undefined || severity.freshness === 'off') return [];
  const { column, atLeast: limit } = freshness;
  const { newest } = await db.one<{ newest: number | null }>(`select max(${sqlName(column)}) newest from ${sqlName(name)}`);
  const value = newest ?? Number.MIN_SAFE_INTEGER;
  const reason = newest === null ? `no row says its ${column}` : `the newest ${column} is ${newest}, at least ${limit} is expected`;
  return atLeast({ rule: 'freshness', table: name, column, severity: severity.freshness }, { value, limit, reason });
}
