import { tableColumns } from '../../tables/table-columns.ts';
import type { Table } from '../../tables/table.ts';
import { atMost, type Rule } from '../rule.ts';

/** Whether the columns that ingest wrote are the declared ones. */
export function typeRules(table: Table, found: Readonly<Record<string, string>>): readonly Rule[] {
  const wrong = Object.entries(tableColumns(table.name)).filter(([name, type]) => found[name] !== type);
  const listed = wrong.map(([name, type]) => `${name} is ${found[name] ?? 'missing'} instead of ${type}`).join(', ');
  const reason = wrong.length === 0 ? `all ${Object.keys(table.columns).length} columns have their declared types` : listed;
  return [atMost({ rule: 'types', table: table.name, severity: 'error' }, { value: wrong.length, limit: 0, reason })];
}
