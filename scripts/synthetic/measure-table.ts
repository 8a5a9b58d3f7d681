import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import { tables } from '../../stages/tables/tables.ts';
import type { TableName } from '../../stages/tables/table-names.ts';
import type { PublishedColumn, PublishedTable } from './published-figures.ts';

export interface ComparedColumn {
  readonly name: string;
  readonly missing: number;
  /** p5, p25, p50, p75, p95; empty for a category. */
  readonly numbers: Readonly<Record<string, number | null>>;
  /** Half the sum of the absolute differences of shares; null where no shares are published. */
  readonly distance: number | null;
  readonly auc: number | null;
  readonly published: PublishedColumn;
}

export interface ComparedTable {
  readonly name: TableName;
  readonly rows: number;
  readonly rowsPerClient: number | null;
  readonly published: PublishedTable | null;
  readonly columns: readonly ComparedColumn[];
}

const CLIENT = 'SK_ID_CURR';

/** Measures the view of a generated table as its original was. */
export async function measureTable(db: DuckDb, name: TableName, published: PublishedTable | null): Promise<ComparedTable> {
  const { n: rows } = await db.one<{ n: number }>(`select count(*) n from ${name}`);
  const hasClient = Object.hasOwn(tables[name].columns, CLIENT);
  const { clients } = hasClient
    ? await db.one<{ clients: number }>(`select count(distinct ${CLIENT}) clients from ${name}`)
    : { clients: 0 };
  const columns: ComparedColumn[] = [];
  for (const column of Object.keys(tables[name].columns)) {
    const known = published?.columns[column];
    if (known !== undefined && !column.startsWith('SK_ID_')) columns.push(await measureColumn(db, { table: name, column, known }));
  }
  return { name, rows, rowsPerClient: clients === 0 ? null : rows / clients, published, columns };
}

interface Subject {
  readonly table: TableName;
  readonly column: string;
  readonly known: PublishedColumn;
}

async function measureColumn(db: DuckDb, { table, column, known }: Subject): Promise<ComparedColumn> {
  const id = sqlName(column);
  const isText = tables[table].columns[column]?.type === 'VARCHAR';
  const quantiles = isText ? '' : `, quantile_cont(${id}::double, [0.05, 0.25, 0.5, 0.75, 0.95])::varchar q`;
  const { missing, q } = await db.one<{ missing: number; q?: string | null }>(
    `select avg((${id} is null)::int) missing${quantiles} from ${table}`,
  );
  const found = (q ?? '').replaceAll(/[[\]]/g, '').split(',').map(Number);
  const numbers =
    isText || q === null || q === undefined
      ? {}
      : Object.fromEntries(['p5', 'p25', 'p50', 'p75', 'p95'].map((name, index) => [name, found[index] ?? null]));
  return {
    name: column,
    missing,
    numbers,
    distance: known.shares === null || !(isText || isCode(known.shares)) ? null : await shareDistance(db, { table, column, known }),
    auc: known.auc === null || isText ? null : await aucOf(db, table, column),
    published: known,
  };
}

/** Whole numbers that stand for categories, rather than a measure of which some values are listed. */
const isCode = (shares: Readonly<Record<string, number>>): boolean => Object.keys(shares).every((level) => /^-?\d+$/.test(level));

async function shareDistance(db: DuckDb, { table, column, known }: Subject): Promise<number> {
  const id = sqlName(column);
  const rows = await db.all<{ level: string; n: number }>(
    `select ${id}::varchar as level, count(*) n from ${table} where ${id} is not null group by 1 order by 1`,
  );
  const total = rows.reduce((sum, { n }) => sum + n, 0);
  const shares = new Map(rows.map(({ level, n }) => [level.replace(/^(-?\d+)\.0$/, '$1'), n / total]));
  const levels = new Set([...shares.keys(), ...Object.keys(known.shares ?? {})]);
  return [...levels].reduce((sum, level) => sum + Math.abs((shares.get(level) ?? 0) - (known.shares?.[level] ?? 0)), 0) / 2;
}

/** Mann-Whitney on the rows that have the value, ties counted half. */
async function aucOf(db: DuckDb, table: string, column: string): Promise<number | null> {
  const { auc } = await db.one<{ auc: number | null }>(
    `with tally as (select ${sqlName(column)} x, count(*) filter (where TARGET = 1) p, count(*) filter (where TARGET = 0) n from ${table} where ${sqlName(column)} is not null group by 1),
      below as (select p, n, sum(n) over (order by x) - n / 2 as under from tally)
    select sum(p * under)::double / nullif(sum(p) * sum(n), 0)::double auc from below`,
  );
  return auc;
}
