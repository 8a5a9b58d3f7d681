import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Table } from '../../tables/table.ts';
import { atMost, type Rule } from '../rule.ts';

const SHOWN = 5;

/** Categories that were never seen: a warning, since features treat them as "other". `value` counts the categories. */
export async function levelRules(db: DuckDb, table: Table): Promise<readonly Rule[]> {
  const broken: Rule[] = [];
  for (const [column, { levels }] of Object.entries(table.columns)) {
    if (levels === undefined) continue;
    const rows = await db.all<{ level: string; n: number }>(
      `select ${sqlName(column)} as level, count(*) n from ${sqlName(table.name)} where ${sqlName(column)} is not null group by 1 order by n desc, 1`,
    );
    const unknown = rows.filter(({ level }) => !levels.includes(level));
    if (unknown.length === 0) continue;
    const shown = unknown.slice(0, SHOWN).map(({ level, n }) => `"${level.slice(0, 60)}" (${n} rows)`);
    const reason = `unknown ${unknown.length === 1 ? 'category' : `categories (${unknown.length})`}: ${shown.join(', ')}${unknown.length > SHOWN ? ', …' : ''}`;
    broken.push(atMost({ rule: 'levels', table: table.name, column, severity: 'warning' }, { value: unknown.length, limit: 0, reason }));
  }
  const texts = Object.values(table.columns).filter(({ levels }) => levels !== undefined).length;
  if (broken.length > 0 || texts === 0) return broken;
  return [atMost({ rule: 'levels', table: table.name, severity: 'warning' }, { value: 0, limit: 0, reason: 'every category is a known one' })];
}
