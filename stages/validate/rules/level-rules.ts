import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Contract, ContractTable } from '../contract/contract-schema.ts';
import { atMost, type Rule } from '../rule.ts';

const SHOWN = 5;

/** Categories that the contract does not know. `value` counts the categories. */
export async function levelRules(db: DuckDb, table: ContractTable, contract: Contract): Promise<readonly Rule[]> {
  const texts = Object.entries(table.columns)
    .map(([name, column]) => ({ name, levels: column.levels, severity: column.severity ?? contract.severity.levels }))
    .filter(({ levels, severity }) => levels !== undefined && severity !== 'off');
  if (texts.length === 0) return [];
  const found = await db.all<{ column: string; level: string; n: number }>(
    `select "column", level, count(*) n from (
       unpivot (select ${texts.map(({ name }) => `${sqlName(name)}::varchar ${sqlName(name)}`).join(', ')} from ${sqlName(table.name)}) on columns(*) into name "column" value level
     ) group by all order by n desc, level`,
  );
  const broken = texts.flatMap(({ name, levels = [], severity }): readonly Rule[] => {
    const unknown = found.filter((row) => row.column === name && !levels.includes(row.level));
    if (unknown.length === 0) return [];
    const shown = unknown.slice(0, SHOWN).map(({ level, n }) => `${JSON.stringify(level.slice(0, 60))} (${n} rows)`);
    const reason = `unknown ${unknown.length === 1 ? 'category' : `categories (${unknown.length})`}: ${shown.join(', ')}${unknown.length > SHOWN ? ', …' : ''}`;
    return atMost({ rule: 'levels', table: table.name, column: name, severity }, { value: unknown.length, limit: 0, reason });
  });
  const fine = { value: 0, limit: 0, reason: 'every category is a known one' };
  return broken.length > 0 ? broken : atMost({ rule: 'levels', table: table.name, severity: contract.severity.levels }, fine);
}
