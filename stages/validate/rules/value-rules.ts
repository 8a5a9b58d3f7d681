import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Column } from '../../tables/column.ts';
import type { Table } from '../../tables/table.ts';
import { atMost, percent, type Rule } from '../rule.ts';

interface Check {
  readonly rule: 'nulls' | 'range';
  readonly column: string;
  /** True for a row that breaks the rule. */
  readonly condition: string;
  readonly says: string;
}

/**
 * Nulls where none are declared and numbers out of their range, a sentinel aside. Warnings: real files have a few, and a model
 * can live with them. One rule a broken column; one for the table where nothing is broken.
 */
export async function valueRules(db: DuckDb, table: Table): Promise<readonly Rule[]> {
  const checks = Object.entries(table.columns).flatMap(([name, column]) => [...nullCheck(name, column), ...rangeCheck(name, column)]);
  const counts = checks.map(({ condition }, index) => `count(*) filter (where ${condition}) c${index}`);
  const found = await db.one<Record<string, number>>(`select count(*) total, ${counts.join(', ')} from ${sqlName(table.name)}`);
  const total = found['total'] ?? 0;
  return (['nulls', 'range'] as const).flatMap((rule) => {
    const broken = checks.flatMap((check, index): Rule[] => {
      const value = found[`c${index}`] ?? 0;
      if (check.rule !== rule || value === 0) return [];
      return [
        atMost(
          { rule, table: table.name, column: check.column, severity: 'warning' },
          { value, limit: 0, reason: `${value} rows (${percent(value / total)}) ${check.says}` },
        ),
      ];
    });
    const fine = rule === 'nulls' ? 'nulls only where they are declared' : 'every number lies in its range';
    return broken.length > 0 ? broken : [atMost({ rule, table: table.name, severity: 'warning' }, { value: 0, limit: 0, reason: fine })];
  });
}

function nullCheck(name: string, column: Column): readonly Check[] {
  return column.nullable || column.strict === true
    ? []
    : [{ rule: 'nulls', column: name, condition: `${sqlName(name)} is null`, says: 'are null' }];
}

function rangeCheck(name: string, { min, max, sentinel }: Column): readonly Check[] {
  const bounds = [...(min === undefined ? [] : [`${sqlName(name)} < ${min}`]), ...(max === undefined ? [] : [`${sqlName(name)} > ${max}`])];
  if (bounds.length === 0) return [];
  const except = sentinel === undefined ? '' : ` and ${sqlName(name)} <> ${sentinel}`;
  const range = `${min ?? '-∞'} to ${max ?? '∞'}${sentinel === undefined ? '' : ` or ${sentinel}`}`;
  return [{ rule: 'range', column: name, condition: `(${bounds.join(' or ')})${except}`, says: `are not in ${range}` }];
}
