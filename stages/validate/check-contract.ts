import type { DuckDb } from '../../pipeline/index.ts';
import type { Contract, ContractTable } from './contract/contract-schema.ts';
import { contractTable } from './contract/read-contract.ts';
import type { Rule } from './rule.ts';
import { duplicateRules } from './rules/duplicate-rules.ts';
import { freshnessRules } from './rules/freshness-rules.ts';
import { keyRules } from './rules/key-rules.ts';
import { labelRules } from './rules/label-rules.ts';
import { leakRules } from './rules/leak-rules.ts';
import { levelRules } from './rules/level-rules.ts';
import { orphanRules } from './rules/orphan-rules.ts';
import { overlapRules } from './rules/overlap-rules.ts';
import { typeRules } from './rules/type-rules.ts';
import { valueRules } from './rules/value-rules.ts';

export interface CheckedTable {
  readonly name: string;
  /** Column name to DuckDB type, as ingest wrote it. */
  readonly columns: Readonly<Record<string, string>>;
  /** False where the source has no such table, or no row of it. */
  readonly present: boolean;
}

export interface CheckOptions {
  readonly contract: Contract;
  /** Each is a view of the same name. */
  readonly tables: readonly CheckedTable[];
  readonly progress: (done: number, total: number, note: string) => void;
}

/**
 * Judges the tables by the contract, in the order of `tables`; the label comes last.
 * @throws SluiceError DATA_ONE_CLASS
 */
export async function checkContract(db: DuckDb, { contract, tables, progress }: CheckOptions): Promise<readonly Rule[]> {
  const present = new Set(tables.filter((table) => table.present).map(({ name }) => name));
  const rules: Rule[] = [];
  for (const [index, { name, columns }] of tables.entries()) {
    progress(index, tables.length + 1, name);
    const promised = contractTable(contract, name);
    if (promised === null) continue;
    rules.push(...typeRules(promised, columns, contract));
    if (present.has(name))
      rules.push(...(await tableRules(db, onlyThere(promised, columns), { present, contract, columns: Object.keys(columns) })));
  }
  progress(tables.length, tables.length + 1, 'label');
  const labelled = tables.find(({ name }) => name === contract.label.table)?.columns ?? {};
  rules.push(...(await labelRules(db, contract)), ...(await overlapRules(db, contract)), ...(await leakRules(db, contract, labelled)));
  return rules;
}

/** A column that is missing is told by the rule on types; the other rules look at what is there. */
function onlyThere(table: ContractTable, columns: Readonly<Record<string, string>>): ContractTable {
  const there = (name: string): boolean => Object.hasOwn(columns, name);
  return {
    ...table,
    ids: table.ids.filter(there),
    key: table.key.every(there) ? table.key : [],
    parents: table.parents.filter(({ column }) => there(column)),
    freshness: table.freshness !== undefined && there(table.freshness.column) ? table.freshness : undefined,
    columns: Object.fromEntries(Object.entries(table.columns).filter(([name]) => there(name))),
  };
}

async function tableRules(
  db: DuckDb,
  table: ContractTable,
  options: { readonly present: ReadonlySet<string>; readonly contract: Contract; readonly columns: readonly string[] },
): Promise<readonly Rule[]> {
  const { contract } = options;
  return [
    ...(await keyRules(db, table, contract)),
    ...(await valueRules(db, table, contract)),
    ...(await levelRules(db, table, contract)),
    ...(await duplicateRules(db, table, contract, options.columns)),
    ...(await freshnessRules(db, table, contract)),
    ...(await orphanRules(db, table, options)),
  ];
}
