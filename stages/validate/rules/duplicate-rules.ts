import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Contract, ContractTable } from '../contract/contract-schema.ts';
import { atMost, percent, type Rule } from '../rule.ts';

/** Rows that equal the row before them: ingest sorts equal rows next to each other, so that one pass in file order finds them. */
export async function duplicateRules(
  db: DuckDb,
  table: ContractTable,
  { severity }: Contract,
  columns: readonly string[],
): Promise<readonly Rule[]> {
  if (severity.duplicates === 'off') return [];
  const row = columns.map(sqlName).join(', ');
  const { n, total } = await db.one<{ n: number; total: number }>(
    `select count(*) filter (where h = previous) n, count(*) total from (select h, lag(h) over () as previous from (select hash(${row}) h from ${sqlName(table.name)}))`,
  );
  const reason = n === 0 ? 'no row stands twice' : `${n} rows (${percent(n / total)}) repeat another row in every column`;
  const limit = Math.floor(table.maxDuplicates * total);
  return atMost({ rule: 'duplicate rows', table: table.name, severity: severity.duplicates }, { value: n, limit, reason });
}
