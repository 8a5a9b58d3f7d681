import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import { tables } from '../../tables/tables.ts';
import aucOfColumns from '../auc-of-columns.sql';
import { atMost, type Rule } from '../rule.ts';

const TABLE = 'application_train';
const NOT_PROBED: ReadonlySet<string> = new Set(['SK_ID_CURR', 'TARGET']);
/** Splits clients in two by a hash that neither the row order nor the id's digits show. */
const HALF = '(hash(SK_ID_CURR) % 2)::int';

/**
 * A single column that all but gives the label away was most likely written after the fact. One rule a leaking column; where
 * none leaks, one that names the most telling column.
 */
export async function leakRules(db: DuckDb, leakAuc: number): Promise<readonly Rule[]> {
  await db.run(`create or replace temp view probe as ${numbersSql()} union all ${categoriesSql()}`);
  const ranked = await db.all<{ name: string; auc: number }>(aucOfColumns);
  const leaking = ranked.filter(({ auc }) => auc > leakAuc);
  return (leaking.length > 0 ? leaking : ranked.slice(0, 1)).map(({ name, auc }) =>
    atMost(
      { rule: 'label leak', table: TABLE, column: name, severity: 'error' },
      { value: auc, limit: leakAuc, reason: reasonFor(name, auc, auc > leakAuc) },
    ),
  );
}

function reasonFor(column: string, auc: number, leaks: boolean): string {
  const says = `${column} alone has an AUC of ${auc.toFixed(4)} for TARGET`;
  return leaks
    ? `${says}: it must have been written after the outcome was known. If not, raise params.validate.leakAuc`
    : `${says}, the most of all columns`;
}

function columnsOf(kind: 'numbers' | 'categories'): readonly string[] {
  return Object.entries(tables[TABLE].columns)
    .filter(([name, { type }]) => !NOT_PROBED.has(name) && (type === 'VARCHAR') === (kind === 'categories'))
    .map(([name]) => name);
}

function numbersSql(): string {
  const columns = columnsOf('numbers').map((name) => `${sqlName(name)}::double as ${sqlName(name)}`);
  return `select name, 0 as part, x, y from (select TARGET as y, ${columns.join(', ')} from ${TABLE})
    unpivot include nulls (x for name in (columns(* exclude y)))`;
}

/** A category is scored by its default rate among the other half of the clients: rates of its own rows would flatter rare ones. */
function categoriesSql(): string {
  return `select name, half as part, rate as x, y from (
    with long as materialized (
      select * from (select TARGET as y, ${HALF} as half, ${columnsOf('categories').map(sqlName).join(', ')} from ${TABLE})
      unpivot include nulls (level for name in (columns(* exclude (y, half))))
    ),
    rates as (select name, half, level, avg(y) as rate from long group by all)
    select long.name, long.half, rates.rate, long.y from long
    left join rates on rates.name = long.name and rates.half = 1 - long.half and rates.level is not distinct from long.level
  )`;
}
