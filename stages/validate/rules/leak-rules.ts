import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import aucOfColumns from '../auc-of-columns.sql';
import type { Contract } from '../contract/contract-schema.ts';
import { atMost, type Rule } from '../rule.ts';

/**
 * A single column that all but gives the label away was most likely written after the fact. One rule a leaking column; where
 * none leaks, one that names the most telling column.
 */
export async function leakRules(db: DuckDb, contract: Contract, types: Readonly<Record<string, string>>): Promise<readonly Rule[]> {
  const { severity, label } = contract;
  if (severity.leak === 'off') return [];
  const { table, column: target, leakAuc } = label;
  const sources = [
    numbersSql(contract, columnsOf(contract, types, 'numbers')),
    categoriesSql(contract, columnsOf(contract, types, 'categories')),
  ].filter((sql) => sql !== null);
  if (sources.length === 0) return [];
  await db.run(`create or replace temp view probe as ${sources.join(' union all ')}`);
  const ranked = await db.all<{ name: string; auc: number }>(aucOfColumns);
  const leaking = ranked.filter(({ auc }) => auc > leakAuc);
  return (leaking.length > 0 ? leaking : ranked.slice(0, 1)).flatMap(({ name, auc }) =>
    atMost(
      { rule: 'label leak', table, column: name, severity: severity.leak },
      { value: auc, limit: leakAuc, reason: reasonFor(`${name} alone has an AUC of ${auc.toFixed(4)} for ${target}`, auc > leakAuc) },
    ),
  );
}

function reasonFor(says: string, leaks: boolean): string {
  return leaks
    ? `${says}: it must have been written after the outcome was known. If not, raise params.validate.leakAuc`
    : `${says}, the most of all columns`;
}

function columnsOf(
  { label, tables }: Contract,
  types: Readonly<Record<string, string>>,
  kind: 'numbers' | 'categories',
): readonly string[] {
  const ids = tables[label.table]?.ids ?? [];
  return Object.entries(types)
    .filter(([name, type]) => !ids.includes(name) && name !== label.column && (type === 'VARCHAR') === (kind === 'categories'))
    .map(([name]) => name);
}

function numbersSql({ label }: Contract, names: readonly string[]): string | null {
  const { table, column: target } = label;
  const columns = names.map((name) => `${sqlName(name)}::double as ${sqlName(name)}`);
  if (columns.length === 0) return null;
  return `select name, 0 as part, x, y from (select ${sqlName(target)} as y, ${columns.join(', ')} from ${sqlName(table)})
    unpivot include nulls (x for name in (columns(* exclude y)))`;
}

/**
 * A category is scored by its default rate among the other half of the clients: rates of its own rows would flatter rare ones.
 * The halves go by a hash of the key, which neither the row order nor the id's digits show.
 */
function categoriesSql({ label, tables }: Contract, columns: readonly string[]): string | null {
  const { table, column: target } = label;
  const key = tables[table]?.key ?? [];
  if (columns.length === 0 || key.length === 0) return null;
  return `select name, half as part, rate as x, y from (
    with long as materialized (
      select * from (select ${sqlName(target)} as y, (hash(${key.map(sqlName).join(', ')}) % 2)::int as half, ${columns.map(sqlName).join(', ')} from ${sqlName(table)})
      unpivot include nulls (level for name in (columns(* exclude (y, half))))
    ),
    rates as (select name, half, level, avg(y) as rate from long group by all)
    select long.name, long.half, rates.rate, long.y from long
    left join rates on rates.name = long.name and rates.half = 1 - long.half and rates.level is not distinct from long.level
  )`;
}
