import type { Contract, ContractTable } from '../contract/contract-schema.ts';
import { atMost, type Rule } from '../rule.ts';

/** Whether the columns that ingest wrote are those of the contract. */
export function typeRules(table: ContractTable, found: Readonly<Record<string, string>>, { severity }: Contract): readonly Rule[] {
  const columns = Object.entries(table.columns);
  const wrong = columns.filter(([name, { type }]) => found[name] !== type);
  const listed = wrong.map(([name, { type }]) => `${name} is ${found[name] ?? 'missing'} instead of ${type}`).join(', ');
  const reason = wrong.length === 0 ? `all ${columns.length} columns have their declared types` : listed;
  return atMost({ rule: 'types', table: table.name, severity: severity.types }, { value: wrong.length, limit: 0, reason });
}
