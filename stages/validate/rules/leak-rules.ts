import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Column } from '../../tables/column.ts';
import { tables } from '../../tables/tables.ts';
import aucOfColumn from '../auc-of-column.sql';
import { atMost, type Rule } from '../rule.ts';

const TABLE = 'application_train';
const NOT_PROBED: ReadonlySet<string> = new Set(['SK_ID_CURR', 'TARGET']);

/**
 * A single column that all but gives the label away was most likely written after the fact. One rule a leaking column; where
 * none leaks, one that names the most telling column.
 */
export async function leakRules(db: DuckDb, leakAuc: number): Promise<readonly Rule[]> {
  const probed: { column: string; auc: number }[] = [];
  for (const [column, declared] of Object.entries(tables[TABLE].columns)) {
    if (!NOT_PROBED.has(column)) probed.push({ column, auc: await columnAuc(db, column, declared) });
  }
  const ranked = probed.toSorted((a, b) => b.auc - a.auc || (a.column < b.column ? -1 : 1));
  const leaking = ranked.filter(({ auc }) => auc > leakAuc);
  return (leaking.length > 0 ? leaking : ranked.slice(0, 1)).map(({ column, auc }) =>
    atMost({ rule: 'label leak', table: TABLE, column, severity: 'error' }, { value: auc, limit: leakAuc, reason: reasonFor(column, auc, auc > leakAuc) }),
  );
}

function reasonFor(column: string, auc: number, leaks: boolean): string {
  const says = `${column} alone has an AUC of ${auc.toFixed(4)} for TARGET`;
  return leaks ? `${says}: it must have been written after the outcome was known. If not, raise params.validate.leakAuc` : `${says}, the most of all columns`;
}

async function columnAuc(db: DuckDb, column: string, { type }: Column): Promise<number> {
  const name = sqlName(column);
  if (type !== 'VARCHAR') return probe(db, `select ${name} as x, TARGET as y from ${TABLE}`);
  // A category is scored by its default rate among the other half of the clients: rates of its own rows would flatter rare ones.
  const halves = [];
  for (const half of [0, 1]) {
    halves.push(
      await probe(
        db,
        `select rate.x, TARGET as y from ${TABLE} left join (
           select ${name} as level, avg(TARGET) as x from ${TABLE} where ${HALF} <> ${half} group by 1
         ) rate on rate.level is not distinct from ${name} where ${HALF} = ${half}`,
      ),
    );
  }
  return Math.min(...halves);
}

/** Splits clients in two by a hash that neither the row order nor the id's digits show. */
const HALF = '(hash(SK_ID_CURR) % 2)';

async function probe(db: DuckDb, query: string): Promise<number> {
  await db.run(`create or replace temp view probe as ${query}`);
  const { auc } = await db.one<{ auc: number | null }>(aucOfColumn);
  // A half without one of the classes says nothing.
  return auc === null || Number.isNaN(auc) ? 0.5 : auc;
}
