import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Contract, ContractColumn, ContractTable, Severity } from '../contract/contract-schema.ts';
import { atMost, percent, type Rule } from '../rule.ts';

interface Check {
  readonly rule: 'nulls' | 'range';
  readonly column: string;
  readonly severity: Severity;
  /** True for a row that breaks the rule. */
  readonly condition: string;
  /** Share of rows that may. */
  readonly allowed: number;
  readonly says: string;
}

/**
 * More nulls than the contract allows, and numbers out of their range, a sentinel aside. One rule a broken column; one for the
 * table where nothing is broken.
 */
export async function valueRules(db: DuckDb, table: ContractTable, contract: Contract): Promise<readonly Rule[]> {
  const checks = Object.entries(table.columns)
    .flatMap(([name, column]) => [...nullCheck(name, column, { table, contract }), ...rangeCheck(name, column, contract)])
    .filter(({ severity }) => severity !== 'off');
  const counts = checks.map(({ condition }, index) => `, count(*) filter (where ${condition}) c${index}`);
  const found = await db.one<Record<string, number>>(`select count(*) total${counts.join('')} from ${sqlName(table.name)}`);
  const total = found['total'] ?? 0;
  return (['nulls', 'range'] as const).flatMap((rule) => {
    const broken = checks.flatMap((check, index): readonly Rule[] => {
      const value = found[`c${index}`] ?? 0;
      const limit = Math.floor(check.allowed * total);
      if (check.rule !== rule || value <= limit) return [];
      const { column, severity } = check;
      return atMost(
        { rule, table: table.name, column, severity },
        { value, limit, reason: `${value} rows (${percent(value / total)}) ${check.says}` },
      );
    });
    const fine = rule === 'nulls' ? 'no column has more nulls than it may' : 'every number lies in its range';
    const severity = contract.severity[rule];
    return broken.length > 0 ? broken : atMost({ rule, table: table.name, severity }, { value: 0, limit: 0, reason: fine });
  });
}

interface Whole {
  readonly table: ContractTable;
  readonly contract: Contract;
}

/** Ids and the label have rules of their own. */
function nullCheck(name: string, { nulls, severity }: ContractColumn, { table, contract }: Whole): readonly Check[] {
  const { label } = contract;
  if (nulls === 'any' || table.ids.includes(name) || (label.table === table.name && label.column === name)) return [];
  const says = nulls === 0 ? 'are null' : `are null, at most ${percent(nulls)} may be`;
  return [
    {
      rule: 'nulls',
      column: name,
      severity: severity ?? contract.severity.nulls,
      condition: `${sqlName(name)} is null`,
      allowed: nulls,
      says,
    },
  ];
}

function rangeCheck(name: string, { min, max, sentinel, severity }: ContractColumn, contract: Contract): readonly Check[] {
  const bounds = [...(min === undefined ? [] : [`${sqlName(name)} < ${min}`]), ...(max === undefined ? [] : [`${sqlName(name)} > ${max}`])];
  if (bounds.length === 0) return [];
  const except = sentinel === undefined ? '' : ` and ${sqlName(name)} <> ${sentinel}`;
  const range = `${min ?? '-∞'} to ${max ?? '∞'}${sentinel === undefined ? '' : ` or ${sentinel}`}`;
  const condition = `(${bounds.join(' or ')})${except}`;
  return [
    { rule: 'range', column: name, severity: severity ?? contract.severity.range, condition, allowed: 0, says: `are not in ${range}` },
  ];
}
