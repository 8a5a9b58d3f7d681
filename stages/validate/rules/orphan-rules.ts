import { type DuckDb, sqlName, type SqlRow } from '../../../pipeline/index.ts';
import type { Contract, ContractTable } from '../contract/contract-schema.ts';
import { atMost, percent, type Rule } from '../rule.ts';

type Parent = ContractTable['parents'][number];

/**
 * Where at least this part of the usual share of parents has rows, the child table clearly belongs to them, and its other rows
 * are those of clients who are not in the book (application_test left out, a sample of applicants): surplus, not a mix-up.
 */
const COVERED = 0.25;

/**
 * Share of the parents that a table names and that are missing, for each parent table that the source has. Counted in ids, not
 * in rows: a third of Kaggle's credit card rows belong to the eighth of cards that previous_application does not list.
 */
export async function orphanRules(
  db: DuckDb,
  table: ContractTable,
  options: { readonly present: ReadonlySet<string>; readonly contract: Contract },
): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  if (options.contract.severity.orphans === 'off') return rules;
  for (const parent of table.parents) {
    const there = parent.tables.filter((name) => options.present.has(name));
    if (there.length > 0)
      rules.push(...(await orphanRule(db, table, { parent: { ...parent, tables: there }, contract: options.contract })));
  }
  return rules;
}

interface Counts extends SqlRow {
  readonly ids: number;
  readonly orphans: number;
  readonly orphan_rows: number;
  readonly parents: number;
}

async function orphanRule(
  db: DuckDb,
  table: ContractTable,
  { parent, contract }: { readonly parent: Parent; readonly contract: Contract },
): Promise<readonly Rule[]> {
  const { ids, orphans, orphan_rows, parents } = await db.one<Counts>(orphanSql(table, parent));
  const limit = parent.maxMissing ?? contract.orphans.maxMissing;
  const share = ids === 0 ? 0 : orphans / ids;
  const coverage = parents === 0 ? 0 : (ids - orphans) / parents;
  const reason =
    `${orphans} of ${ids} ${parent.column} (${percent(share)}, ${orphan_rows} rows) are not in ${parent.tables.join(' or ')}; ${percent(coverage)} of those that are have rows here` +
    (share > limit ? '. If that is meant, raise params.validate.maxOrphanShare' : '');
  const severity = coverage >= COVERED * parent.usualCoverage ? 'warning' : contract.severity.orphans;
  return atMost({ rule: 'orphans', table: table.name, column: parent.column, severity }, { value: share, limit, reason });
}

/**
 * Rows whose first parent is not there are orphans already, and do not count again for the next: the loans of strangers say
 * nothing of the loans of clients.
 */
function orphanSql({ name, parents }: ContractTable, parent: Parent): string {
  const id = sqlName(parent.column);
  const union = (tables: readonly string[], column: string): string =>
    tables.map((table) => `select ${sqlName(column)} from ${sqlName(table)}`).join(' union all ');
  const [first] = parents;
  const known =
    first === undefined || first.column === parent.column ? '' : `where ${sqlName(first.column)} in (${union(first.tables, first.column)})`;
  return `with parent as (select distinct id from (${union(parent.tables, parent.column)}) t(id)),
    child as (select ${id} id, count(*) n from ${sqlName(name)} ${known} group by 1)
    select count(*) ids, count(*) filter (where parent.id is null) orphans,
      coalesce(sum(n) filter (where parent.id is null), 0)::bigint orphan_rows, (select count(*) from parent) parents
    from child left join parent on parent.id = child.id`;
}
